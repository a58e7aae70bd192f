#/* 
*/include "@ROOT@/solutions/softmax_batch.cpp"

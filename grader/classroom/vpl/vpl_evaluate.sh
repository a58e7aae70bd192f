#!/bin/bash
# For VPL: put this among the execution files of the activity, and the built lab where LAB says on the jail's machine.
# It leaves vpl_execution, which grades what lies here. Nothing but the grader's own lines reaches its stdout, because
# VPL takes a line "Grade :=>>20" for the mark, whoever printed it.
# shellcheck disable=SC1091
[ ! -f vpl_environment.sh ] || . ./vpl_environment.sh
cat >vpl_execution <<END
#!/bin/bash
lab=\${LAB:-/opt/softmax-lab}
here=\$PWD
export VPL_GRADEMAX=${VPL_GRADEMAX:-}
out=\$(mktemp -d)
trap 'rm -rf "\$out"' EXIT
cd "\$lab" || { echo "Comment :=>>\$lab is not there: tell your teacher"; exit 0; }
build=\${LAB_BUILD:-build}
sh grader/find_python --kept "\$out/python" -m grader.grade "\$here" --build "\$build" --out "\$out/grade" \${LAB_OPTIONS---sandbox} \\
    </dev/null >"\$out/log" 2>&1
sh grader/find_python --kept "\$out/python" -m grader.classroom.marks.vpl "\$out/grade/report.json" --build "\$build" 2>>"\$out/log"
END
chmod +x vpl_execution

# With what everything here is compiled, and where a prefix has it. Included by the root, once its packages are found.

# A package gives its files the times that they had where it was made: a new compiler or Armadillo may be older than what
# the last one compiled, and no build would see it. It does change the folders that it puts them into. CMake looks again
# then, and what it finds is part of every command, so that all is compiled anew.
execute_process(COMMAND ${CMAKE_CXX_COMPILER} -print-prog-name=cc1plus OUTPUT_VARIABLE LAB_CC1PLUS
                OUTPUT_STRIP_TRAILING_WHITESPACE)
get_filename_component(LAB_CC1PLUS_FOLDER "${LAB_CC1PLUS}" DIRECTORY)
set(LAB_ARMADILLO ${ARMADILLO_INCLUDE_DIR}/armadillo)
foreach(file ${CMAKE_CXX_COMPILER} "${LAB_CC1PLUS_FOLDER}" ${LAB_ARMADILLO}_bits /etc/alternatives)
    if(EXISTS "${file}")
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    endif()
endforeach()
execute_process(COMMAND stat -L -c %i.%Z ${CMAKE_CXX_COMPILER} ${LAB_CC1PLUS} ${LAB_ARMADILLO} ${LAB_ARMADILLO}_bits
                OUTPUT_VARIABLE LAB_TOOLS ERROR_QUIET)
string(MD5 LAB_TOOLS "${LAB_TOOLS}")
add_compile_definitions(LAB_TOOLS=${LAB_TOOLS})

# How everything here is compiled, submissions included (grader/grade/compiling.py reads it from lab.json): the speeds
# of a grade compare code that was compiled alike. The second line is for submissions only.
execute_process(COMMAND sh ${LAB_FIND_COMPILER} --flags OUTPUT_VARIABLE LAB_FLAGS COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+" LAB_FLAGS "${LAB_FLAGS}")
list(POP_BACK LAB_FLAGS LAB_DIAGNOSTICS)
separate_arguments(LAB_FLAGS)
separate_arguments(LAB_DIAGNOSTICS)

# What is in a prefix (conda, Guix, a cluster's modules, a home folder) CMake finds, and the compiler finds some of it by
# its environment. Submissions are compiled, inspected and run without that environment: they get the folders by name.
function(ask_for_clang_flags variable)
    execute_process(COMMAND ${ARGN} sh ${LAB_FIND_COMPILER} --clang ${CMAKE_CXX_COMPILER} OUTPUT_VARIABLE lines)
    string(REGEX MATCHALL "[^\n]+" lines "${lines}")
    set(${variable} ${lines} PARENT_SCOPE)
endfunction()
ask_for_clang_flags(LAB_CLANG_FLAGS env -i "PATH=$ENV{PATH}" "LD_LIBRARY_PATH=$ENV{LD_LIBRARY_PATH}")
ask_for_clang_flags(LAB_HEADERS)
list(TRANSFORM ARMADILLO_INCLUDE_DIRS PREPEND -isystem OUTPUT_VARIABLE LAB_ARMADILLO_HEADERS)
list(PREPEND LAB_HEADERS ${LAB_ARMADILLO_HEADERS})
list(REMOVE_ITEM LAB_HEADERS ${LAB_CLANG_FLAGS})
list(REMOVE_DUPLICATES LAB_HEADERS)
list(APPEND LAB_FLAGS ${LAB_HEADERS})
# What the programs load: by an RPATH, which holds for the libraries of libraries, too (a RUNPATH does not).
execute_process(COMMAND ${CMAKE_CXX_COMPILER} -print-file-name=libstdc++.so.6 OUTPUT_VARIABLE LAB_LIBSTDCXX
                OUTPUT_STRIP_TRAILING_WHITESPACE)
foreach(file ${LAB_LIBSTDCXX} ${ARMADILLO_LIBRARIES})
    get_filename_component(real "${file}" REALPATH)
    foreach(name ${file} ${real})
        get_filename_component(folder "${name}" DIRECTORY)
        list(APPEND CMAKE_BUILD_RPATH ${folder})
    endforeach()
endforeach()
list(FILTER CMAKE_BUILD_RPATH INCLUDE REGEX "^/")
list(FILTER CMAKE_BUILD_RPATH EXCLUDE REGEX "^(/usr)?/lib")
list(REMOVE_DUPLICATES CMAKE_BUILD_RPATH)
add_link_options(-Wl,--disable-new-dtags)
# All of it that the sandbox does not show anyway: the compiler with the prefix that it is installed to, headers, libraries.
string(REGEX REPLACE "/lib[^/]*/gcc.*" "" LAB_COMPILER_PREFIX "${LAB_CC1PLUS}")
list(TRANSFORM LAB_HEADERS REPLACE "^-[a-z]+" "" OUTPUT_VARIABLE LAB_PLACES)
list(APPEND LAB_PLACES ${CMAKE_CXX_COMPILER} ${LAB_COMPILER_PREFIX} ${CMAKE_BUILD_RPATH})
list(FILTER LAB_PLACES EXCLUDE REGEX "^/(usr|lib|bin)(/|$)")

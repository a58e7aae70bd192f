# The front door. `make setup grade` and `make setup test` work in a fresh clone; the build itself is CMakeLists.txt.
BUILD := build
SUBMISSION ?= exercises
ifeq ($(origin OUT),undefined)
OUT := $(BUILD)/$(or $(filter class regrade release,$(MAKECMDGOALS)),grade)
endif
# What users name reaches the tools by the environment and not in the text of a command: neither make nor the shell may
# read a name as code, such as a folder's that has $$(...) or backquotes in it.
NAMED := SUBMISSION SUBMISSIONS WORKSHEET PART OUT ONLY SEED NOTE CSV EPOCHS ASSISTANT SHOW REPORT
$(foreach name,$(NAMED),$(eval override $(name) := $$(value $(name)))$(eval export LAB_$(name) := $$($(name))))
# To make, version= is another name than VERSION=, and one that it would pass over in silence.
SMALL = $(shell echo $(NAMED) VERSION BUILD SANDBOX STRICT GRADES | tr A-Z a-z)
$(if $(MAKEOVERRIDES),$(foreach name,$(SMALL),$(if $(filter command,$(origin $(name))),\
	$(error $(name)=: $(shell sh grader/say "such a name is in capitals, as in ONLY=softmax_batch")))))
MAKEOVERRIDES :=
# By sh, because a zip may have lost the executable bits.
RUN_PYTHON := sh grader/find_python --kept $(BUILD)/python
SAY := sh grader/say
# Ninja sees in 0.03 s that nothing is to be built, for which make starts some 80 processes. Both are told a number of
# jobs, because more than one a processor would only take memory: a compiler needs 0.5 GB. Slurm may give a job fewer.
JOBS := $${SLURM_CPUS_ON_NODE:-$$(nproc)}
CMAKE_BUILD = sh grader/alone $(if $(wildcard $(BUILD)/build.ninja),ninja -C $(BUILD) -j $(JOBS),\
	cmake --build $(BUILD) -j $(JOBS) --target)
# A build that fails must stop make, also where its output goes through a filter.
SHELL := /bin/bash
unexport BASH_ENV
.SHELLFLAGS := -eo pipefail -c
MAKEFLAGS += --no-print-directory
.NOTPARALLEL:
# A configuration that failed half-way must not count as one.
.DELETE_ON_ERROR:
.PHONY: setup doctor grade class regrade try hint reset watch test check train plot compare profile ablation bench reliability calibrate solutions release gradescope data messages stubs tidy clean help

help:  ## what there is to type
	@sed -n $(if $(wildcard solutions),,-e '/## instructors:/d' -e '/## contributors:/d') -e 's/^\([a-z]*\):.*## /\1\t/p' Makefile | $(SAY) --help

.DEFAULT:
	@$(SAY) "There is no such command:" 'make $(subst ','\'',$@)'
	@$(MAKE) help
	@exit 2

setup:  ## install what is missing (setup test, setup class: more)
	@sh grader/setup $(filter test class,$(MAKECMDGOALS))

doctor:  ## what is missing, broken or slow here, and what mends it
	@python=$$(sh grader/find_python any) || { echo "PROBLEM: there is no Python 3.8 or newer here. Type: make setup"; exit 1; }; \
		"$$python" -m grader.machine.doctor --build $(BUILD)

grade: known programs  ## grade; ONLY= SUBMISSION= OUT= SEED= NOTE= SANDBOX=1 STRICT=1
	@$(RUN_PYTHON) -m grader.grade "$$LAB_SUBMISSION" --build $(BUILD) --out "$$LAB_OUT" --only "$$LAB_ONLY" --seed "$$LAB_SEED" --note="$$LAB_NOTE" $(if $(SANDBOX),--sandbox) $(if $(STRICT),--strict)

try: programs  ## compile and run a scratch file, exercises/try.cpp
	@$(RUN_PYTHON) -m grader.tutor.trying exercises/try.cpp --build $(BUILD) || true

hint:  ## the next hint on the first thing to fix; ONLY=softmax_batch
	@$(RUN_PYTHON) -m grader.tutor.hint --report "$$LAB_OUT/report.json" --memory $(BUILD)/hints.json --build $(BUILD) --only "$$LAB_ONLY"

reset:  ## the stub again, your file kept beside it; ONLY=softmax_batch
	@$(RUN_PYTHON) -m grader.tutor.reset exercises --build $(BUILD) --only "$$LAB_ONLY"

watch: known programs  ## grade again when a file is saved; h: hint, q: quit; ONLY=
	@$(RUN_PYTHON) -m grader.tutor.watch "$$LAB_SUBMISSION" --build $(BUILD) --out $(BUILD)/watch --memory $(BUILD)/hints.json --only "$$LAB_ONLY"

test: configured  ## run the tests of the lab itself
	@$(CMAKE_BUILD) all test_programs $(QUIET)
	@ctest --test-dir $(BUILD) --output-on-failure

check: configured  ## contributors: the quick tests, and one case of each kind
	@$(CMAKE_BUILD) all test_programs $(QUIET)
	@$(BUILD)/lab_tests
	@LAB_BUILD=$(BUILD) LAB_TRAIN=$(abspath $(BUILD)/train) $(RUN_PYTHON) -m pytest -q -n 2 --check grader/tests

train: configured  ## train; VERSION=loop, learning_curves, vec (yours), solutions
	@$(CMAKE_BUILD) blas_probe $(TRAIN) $(QUIET)
	@kernels=$$($(RUN_PYTHON) -m grader.machine.blas --build $(BUILD) --environment) && env $$kernels $(BUILD)/$(TRAIN) --csv $(BUILD)/curves-$(VERSION).csv $(if $(EPOCHS),--epochs "$$LAB_EPOCHS")

plot:  ## draw the learning curves of make train; another file: CSV=
	@$(RUN_PYTHON) -m grader.experiments.plot --build $(BUILD) --csv "$$LAB_CSV"

compare: configured  ## loop version, yours, NumPy, epoch by epoch (step 8); EPOCHS=
	@$(CMAKE_BUILD) blas_probe train train_floor $(TRAIN) $(QUIET)
	@$(RUN_PYTHON) -m grader.experiments.compare --build $(BUILD) --version $(VERSION) --epochs "$$LAB_EPOCHS"

profile: programs  ## where the loop version's time goes; VERSION=vec: yours
	@$(CMAKE_BUILD) $(TRAIN) $(QUIET)
	@$(RUN_PYTHON) -m grader.experiments.profile show $(BUILD) $(VERSION)

ablation: configured  ## where the speed comes from, one factor at a time
	@$(CMAKE_BUILD) blas_probe ablation_programs $(QUIET)
	@$(RUN_PYTHON) -m grader.experiments.ablation --build $(BUILD)

bench: configured  ## beside NumPy, PyTorch, scikit-learn, Eigen; growth, memory
	@$(CMAKE_BUILD) blas_probe bench_epochs $(QUIET)
	@$(RUN_PYTHON) -m grader.experiments.bench --build $(BUILD)

reliability: instructors programs  ## instructors: how far noise moves a verdict; GRADES=200
	@$(RUN_PYTHON) -m grader.maintenance.reliability --build $(BUILD) --grades $(or $(GRADES),200)

calibrate: instructors programs  ## instructors: do the gates fit this machine? a diff, if not
	@$(RUN_PYTHON) -m grader.maintenance.calibrate --build $(BUILD)

class: instructors handed_in programs  ## instructors: grade a class; SUBMISSIONS= WORKSHEET= PART=1/4
	@$(RUN_PYTHON) -m grader.classroom.grade "$$LAB_SUBMISSIONS" --build $(BUILD) --out "$$LAB_OUT" --worksheet "$$LAB_WORKSHEET" --part "$$LAB_PART"

regrade: instructors known programs  ## instructors: repeat a grade, compare verdicts; REPORT= OUT=
	@$(RUN_PYTHON) -m grader.classroom.regrade "$$LAB_REPORT" --build $(BUILD) --out "$$LAB_OUT"

solutions: instructors programs  ## instructors: build and grade the answers
	@$(CMAKE_BUILD) solutions

release: instructors  ## instructors: the student's copy; OUT= ASSISTANT=
	@$(RUN_PYTHON) -m grader.classroom.release --build $(BUILD) --out "$$LAB_OUT" $(if $(ASSISTANT),--assistant "$$LAB_ASSISTANT")

gradescope: instructors  ## instructors: pack an autograder for Gradescope, in build/
	@$(RUN_PYTHON) -m grader.classroom.autograder.pack --build $(BUILD) --out $(BUILD)/gradescope.zip

data:  ## get all of Fashion-MNIST (grading needs only the sample)
	@$(RUN_PYTHON) data/fetch.py

messages:  ## contributors: bring grader/common/locale/fr.po up to date
	@grader/common/locale/extract | msgmerge --quiet --no-fuzzy-matching --no-wrap --output-file=$(BUILD)/fr.po grader/common/locale/fr.po -
	@msgattrib --no-obsolete --no-wrap --output-file=grader/common/locale/fr.po $(BUILD)/fr.po
	@msgfmt --check-format --statistics --output-file=/dev/null grader/common/locale/fr.po

stubs: instructors  ## instructors: write exercises/ again; SHOW=loops, numpy, both
	@$(RUN_PYTHON) -m grader.maintenance.stubs $(if $(SHOW),--show "$$LAB_SHOW")

tidy:  ## contributors: clang-format and clang-tidy
	@git ls-files '*.cpp' '*.hpp' | grep -v tests/ | xargs clang-format --dry-run -Werror
	@cmake -S . -B $(BUILD)/tidy -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON >/dev/null
	@git ls-files '*.cpp' | grep -v -e exercises/ -e tests/ -e reliability/ -e ablation/ | \
		xargs -P 2 -n 3 clang-tidy -p $(BUILD)/tidy --quiet

clean:  ## remove the build folder
	@rm -rf $(BUILD)

TRAIN_loop := train
TRAIN_learning_curves := train_curves
TRAIN_vec := train_vec
TRAIN_solutions := train_solutions
TRAIN = $(or $(TRAIN_$(VERSION)),$(error VERSION=$(VERSION): $(shell $(SAY) "there are loop, learning_curves, vec, solutions")))
ifeq ($(origin VERSION),environment)  # somebody else's: many a login script sets one
undefine VERSION
endif
compare: VERSION ?= vec
VERSION ?= loop
# A mistyped one is refused before anything is configured or built.
$(if $(filter train compare profile,$(MAKECMDGOALS)),$(if $(TRAIN),))
# Compiling takes a while the first time: a line for each file then, silence when there is nothing to do. Ninja prints
# that line when the file is done, so what takes more than a second is announced.
QUIET = | { grep --line-buffered -E '^\[ *[0-9]+(%|/[0-9]+)\] (Building|Linking)|^FAILED|error|warning|Error' || true; } | \
	{ IFS= read -r -t 1 line || [ $$? -le 128 ] || $(SAY) "Compiling what this needs ..."; \
	[ -z "$$line" ] || printf '%s\n' "$$line"; cat; }

CANNOT_WRITE = $(SAY) "$(BUILD):" "this folder cannot be written. Copy the lab to a folder of your own; or name a build folder of your own, as in: make grade BUILD=/tmp/lab OUT=/tmp/lab/grade"

.PHONY: instructors handed_in known programs configured
FOR_INSTRUCTORS := reliability calibrate class regrade solutions release gradescope stubs
# Before what only instructors can do, and before anything is built for it.
instructors:
	@[ -d solutions ] || { $(SAY) "make $(firstword $(filter $(FOR_INSTRUCTORS),$(MAKECMDGOALS))):" "this is a student's copy, which has no solutions/. Only the instructors' copy of the lab can do it."; exit 2; }
handed_in:
	@[ -n "$$LAB_SUBMISSIONS" ] || { $(SAY) "class:" "what is to be graded? Type, for one: make class SUBMISSIONS=folder"; exit 2; }
	@[ -e "$$LAB_SUBMISSIONS" ] || { $(SAY) "class: $$LAB_SUBMISSIONS" "is not there. SUBMISSIONS names the folder, or the archive, that holds what students handed in"; exit 2; }
# A mistyped name is refused before anything is built for it; once all is built the grade itself does that as soon.
known:
	@[ -z "$$LAB_ONLY" ] || [ -e $(BUILD)/judge ] || $(RUN_PYTHON) -m grader.report.known --build $(BUILD) --only "$$LAB_ONLY"
programs: configured
	@$(CMAKE_BUILD) grader_programs $(QUIET) || { [ -w $(BUILD) ] || $(CANNOT_WRITE); exit 1; }
configured: $(BUILD)/CMakeCache.txt
$(BUILD)/CMakeCache.txt: CMakeLists.txt
	@: 2>/dev/null >$(BUILD).log || { $(CANNOT_WRITE); exit 1; }
	@command -v ninja >/dev/null && export CMAKE_GENERATOR=$${CMAKE_GENERATOR:-Ninja}; sh grader/alone sh -c 'cmake -S . -B $(BUILD) >$(BUILD).log 2>&1' || { cat $(BUILD).log || true; $(SAY) "Type: make setup. If that does not help: make doctor"; exit 1; }
	@mv $(BUILD).log $(BUILD)/configure.log; touch $@

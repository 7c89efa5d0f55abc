#!/usr/bin/env bash
# What the composite action runs: certifies, leaves a JUnit report, and writes the summary that GitHub shows for the job.
set -uo pipefail

arguments=()
# Split at blanks on purpose: both are lists that a workflow writes in one line.
# shellcheck disable=SC2206
arguments+=(${PIVOT_PATHS:-} ${PIVOT_ARGUMENTS:-})
if [ -n "${PIVOT_CHANGED_SINCE:-}" ]; then
  arguments+=(--changed-since "$PIVOT_CHANGED_SINCE")
fi
report="${PIVOT_REPORT:-pivot-parity.xml}"

pivot certify "${arguments[@]}" --format junit --output "$report"
code=$?

if [ -n "${GITHUB_OUTPUT:-}" ]; then
  echo "report=$report" >>"$GITHUB_OUTPUT"
fi
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  {
    if [ "$code" = 0 ]; then echo "### Parity certified"; else echo "### Parity not certified (exit code $code)"; fi
    echo
    if [ -f "$report" ]; then
      sed -n 's/.*<testsuite name="\([^"]*\)" tests="\([0-9]*\)" failures="\([0-9]*\)" errors="\([0-9]*\)".*/- `\1`: \2 functions, \3 refuted, \4 not proven/p' "$report"
    fi
  } >>"$GITHUB_STEP_SUMMARY"
fi
exit "$code"

#!/bin/bash
# What a data-centre GPU makes of the texts and the sweep: checked first, then measured beside peers; < 8 minutes.
#
#   tests/benchmarks/gpu.sh pack   where the project is installed: writes .gpu/ (float16 weights and texts, 50 MiB;
#                                  git ignores it; PEERS=1 adds flash-kmeans), which travels with the checkout
#   tests/benchmarks/gpu.sh        where the GPU is: needs Python with torch, sentence-transformers, scipy and
#                                  threadpoolctl, nothing from outside. As the one command of a lent machine:
#                                    run(command="bash tests/benchmarks/gpu.sh", carry=[".gpu"], timeout_s=540)
#   DEVICE=cpu SCALE=0.001 PATIENCE=3 PYTHON=.venv/bin/python tests/benchmarks/gpu.sh
#                                  the same on a processor: a thousandth of the sizes, three times the seconds
#
# PYTHON names the Python, PACKED another folder than .gpu, PARTS="vectors texts" picks parts, SECONDS_IN_ALL the
# whole (450). Each part is a process of its own with its own seconds, and what it finds is at once in $OUT/gpu.jsonl
# and, as a table, in $OUT/gpu.md ($OUT: .gpu/out). The exit code is 1 where a check failed or a part broke.
set -u
cd "$(dirname "$0")/../.." || exit 1
here=tests/benchmarks/gpu
export PACKED=${PACKED:-.gpu}
if [ "${1:-}" = pack ]; then
  PYTHONPATH=. exec "${PYTHON:-.venv/bin/python}" $here/pack.py
fi
export OUT=${OUT:-$PACKED/out} PYTHONUNBUFFERED=1 TOKENIZERS_PARALLELISM=true HF_HUB_OFFLINE=1
mkdir -p "$OUT" && TESSERA_HOME=$(mktemp -d) || exit 1
export TESSERA_HOME PYTHONPATH=.:$PACKED/site
trap 'rm -rf "$TESSERA_HOME"' EXIT
"${PYTHON:-python3}" $here/parts.py

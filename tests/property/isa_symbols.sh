#!/usr/bin/env bash
# Every symbol that an engine for one instruction set defines is in its own namespace: a copy of a std:: template that the linker
# could choose for all would be an illegal instruction on an older machine.
#
#   tests/property/isa_symbols.sh NAMESPACE=ARCHIVE...
set -euo pipefail

status=0
for engine in "$@"; do
  name=${engine%%=*} archive=${engine#*=}
  symbols=$(nm -C --defined-only --extern-only "$archive" | awk 'NF > 2')
  if ! grep -q "coalis::$name::run_replicate(" <<<"$symbols"; then
    printf '%s: no engine in %s\n' "$name" "$archive"
    status=1
  fi
  if strangers=$(grep -v "coalis::$name::" <<<"$symbols"); then
    printf '%s: symbols outside coalis::%s\n%s\n' "$name" "$name" "$strangers"
    status=1
  fi
done
exit "$status"

#!/usr/bin/env bash
#
# One night, for a scheduler: passes the date on, and says what an exit code asks for.
#
#   nightly.sh [DATE]     as of the start of DATE: all that was known by the end of the day before. Default: today
#
#   WARMLEAD        command that runs the job; default /opt/warmlead/scripts/warmlead
#   WARMLEAD_CONF   settings; default /etc/warmlead/warmlead.conf
#   WARMLEAD_LAKE   folder or URI of the tables
#   WARMLEAD_ZONE   zone whose days are meant; must be run.zone of the settings. Default UTC
#   WARMLEAD_MAINTAIN_ON  day of the week, 1 (Monday) to 7, whose night is followed by `maintain --apply`; 0: none. Default 7
#
# Ends with the job's own exit code, so that the scheduler can tell what to try again (4) from what a person must mend.

set -euo pipefail

as_of=${1:-$(TZ=${WARMLEAD_ZONE:-UTC} date +%F)}
status=0
"${WARMLEAD:-/opt/warmlead/scripts/warmlead}" nightly --conf "${WARMLEAD_CONF:-/etc/warmlead/warmlead.conf}" \
  --lake "${WARMLEAD_LAKE:?say where the tables are}" --as-of "$as_of" || status=$?
case $status in
  0) advice= ;;
  1) advice="a bug: report it with the log; what was published before stays" ;;
  2) advice="settings or usage: mend what the message names, then run it again" ;;
  3) advice="input unusable: mend the export that the message names, then run it again" ;;
  4) advice="another run holds the lake: run it again later" ;;
  *) advice="ended from outside: run it again, a night is published whole or not at all" ;;
esac
if [ $status = 0 ] && [ "$(date -d "$as_of" +%u)" = "${WARMLEAD_MAINTAIN_ON:-7}" ]; then
  # The night is published: what keeps small files from being merged is no reason to run it again.
  "${WARMLEAD:-/opt/warmlead/scripts/warmlead}" maintain --apply --conf "${WARMLEAD_CONF:-/etc/warmlead/warmlead.conf}" \
    --lake "$WARMLEAD_LAKE" || printf 'warmlead, upkeep after the night as of %s, exit code %s: see the message; the next one makes it good\n' "$as_of" "$?" >&2
fi
[ -z "$advice" ] || printf 'warmlead, night as of %s, exit code %s: %s\n' "$as_of" "$status" "$advice" >&2
exit "$status"

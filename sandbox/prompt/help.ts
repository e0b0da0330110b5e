/** What `help` prints; fits a terminal of 60 columns. */
export const HELP = `/config-status [KEY]   run a slash command as alice, an
/reload-config         administrator; add dry_run to the
/config-help           second to see what it would change
!config-help           the same as a message with the prefix
@live-config hello     mention the bot in a message
say TEXT               send any other message
as member COMMAND      do any of these as bob, a member
set KEY=VALUE          edit the file; quotes are added
unset KEY              remove a key from the file
undo                   take back the last set or unset
show                   show the file, with secrets hidden
hup                    send the bot a SIGHUP
log [N]                show the last lines of the log
help                   show this
quit                   leave, as do Ctrl-C and Ctrl-D
Tab completes commands, options, people and settings.`;

# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_iamctl_global_optspecs
    string join \n database-url= local wait= connect-timeout= lock-timeout= statement-timeout= o/output= columns= no-headers csv-safe color= q/quiet v/verbose h/help V/version
end

function __fish_iamctl_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_iamctl_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_iamctl_using_subcommand
    set -l cmd (__fish_iamctl_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c iamctl -n "__fish_iamctl_needs_command" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_needs_command" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_needs_command" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_needs_command" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_needs_command" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_needs_command" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_needs_command" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_needs_command" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_needs_command" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_needs_command" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_needs_command" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_needs_command" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_needs_command" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_needs_command" -s V -l version -d 'Print version'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "user" -d 'Accounts: create, look at, change, block, delete, erase'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "token" -d 'API tokens: issue, look at, verify, rotate, revoke'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "owner" -d 'Owners of API tokens: the users who share them'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "session" -d 'Sessions: refresh tokens, by which users stay logged in'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "code" -d 'One-time codes: issue, look at, revoke, purge'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "audit" -d 'The log of every change'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "db" -d 'The tables: migrations, checks, rights, taking over'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "local" -d 'The private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "purge" -d 'Delete everything that has expired: codes, sessions, tokens; one line for cron'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "doctor" -d 'Check connection, server, rights, tables, clock and backlog'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "completions" -d 'Print the completion script of a shell'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "man" -d 'Print the manual page of a command'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "demo" -d 'Walk through the main job on an empty database'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -f -a "create" -d 'Create a user'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -f -a "show" -d 'Show a user, with counts of live sessions, codes and tokens'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -f -a "list" -d 'List users, the newest first'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -f -a "block" -d 'Block users: no login and no refresh until they are unblocked'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -f -a "unblock" -d 'Unblock users'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -f -a "delete" -d 'Delete users: mark them deleted, revoke their sessions, remove their codes'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -f -a "restore" -d 'Restore deleted users; no session comes back'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -f -a "erase" -d 'Erase users for good: their rows and all that hangs on them'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -f -a "rename" -d 'Rename a user'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -f -a "set-email" -d 'Change the email address of a user'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -f -a "verify-email" -d 'Mark the email addresses of users as verified'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -f -a "unverify-email" -d 'Take the verification of email addresses away'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -f -a "offboard" -d 'Offboard users: block them, end every session, revoke or hand over tokens, remove codes'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -f -a "import" -d 'Import users from a CSV or JSONL file: all of them, or none'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -f -a "export" -d 'Export users as CSV or JSONL, which `user import --as-is` reads back'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l email -d 'Email address, stored in lower case; asked for on a terminal' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l id -d 'Id of the new user [default: a random UUID]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l verified -d 'The email address is known to be the user\'s'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l if-not-exists -d 'Succeed without a change where this username and email exist already, and are not deleted'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from show" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from show" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from show" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from show" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from show" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from show" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from show" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from show" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from show" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from show" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l status -d 'Only users in this state [default: all but the deleted]' -r -f -a "active\t'May log in: verified, not blocked, not deleted'
blocked\t'Blocked, and not deleted'
deleted\t''
unverified\t'Email not verified, and neither blocked nor deleted'
any\t'Everybody, the deleted too'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l created-after -d 'Only users created at or after this time, or within this duration: 2026-01-31, 7d' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l created-before -d 'Only users created before this time, or longer ago than this duration' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l email-domain -d 'Only users whose email address is at this domain' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l search -d 'Only users with this text in their username or email, in any case' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l sort -d 'Order of the list: newest first, or A to Z' -r -f -a "created\t'Newest first'
username\t'A to Z'
email\t'A to Z'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l after -d 'Continue after this user' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l limit -d 'Print at most so many rows [default: 100 in a table, else all]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l reverse -d 'Turn the order around'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l all -d 'Print all rows, in a table too'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l count -d 'Print how many rows there are, and none of them'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l revoke-sessions -d 'Revoke their sessions, too, and remove the authorization codes of a refresh under way'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l revoke-tokens -d 'Revoke their API tokens, too: those of owners with no other user who may go on using them'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l deleted-for -d 'All users who were deleted longer ago than this, or before this time; for cron, with --yes' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l force -d 'Also users who are not deleted'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -l verified -d 'The new address is known to be the user\'s'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l hand-over-to -d 'Hand their tokens over to this user, in place of revoking them; without --rotate-into, the secrets stay the same' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l rotate-into -d 'Give each token that is handed over a new secret, in a new file in this directory' -r -F
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l overlap -d 'How long the old secrets go on working, or until when [default: 0s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l format -d 'What the file holds [default: what its name ends in]' -r -f -a "csv\t'RFC 4180, with a header line'
jsonl\t'One JSON object a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l on-conflict -d 'What to do where an id, a username or an email is taken' -r -f -a "fail\t'Import nothing, and name the row'
skip\t'Leave the row out, and name it'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l errors -d 'Write unusable rows to this file (line, column, reason), and look at all before failing' -r -F
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l max-errors -d 'Look no further after so many unusable rows' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l as-is -d 'Take names and times that other programs made, within the limits of the columns; a notice says which rows the service cannot use'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l status -d 'Only users in this state [default: all but the deleted]' -r -f -a "active\t'May log in: verified, not blocked, not deleted'
blocked\t'Blocked, and not deleted'
deleted\t''
unverified\t'Email not verified, and neither blocked nor deleted'
any\t'Everybody, the deleted too'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l created-after -d 'Only users created at or after this time, or within this duration: 2026-01-31, 7d' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l created-before -d 'Only users created before this time, or longer ago than this duration' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l email-domain -d 'Only users whose email address is at this domain' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l search -d 'Only users with this text in their username or email, in any case' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create a user'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a user, with counts of live sessions, codes and tokens'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "list" -d 'List users, the newest first'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "block" -d 'Block users: no login and no refresh until they are unblocked'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "unblock" -d 'Unblock users'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete users: mark them deleted, revoke their sessions, remove their codes'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "restore" -d 'Restore deleted users; no session comes back'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "erase" -d 'Erase users for good: their rows and all that hangs on them'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "rename" -d 'Rename a user'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "set-email" -d 'Change the email address of a user'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "verify-email" -d 'Mark the email addresses of users as verified'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "unverify-email" -d 'Take the verification of email addresses away'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "offboard" -d 'Offboard users: block them, end every session, revoke or hand over tokens, remove codes'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "import" -d 'Import users from a CSV or JSONL file: all of them, or none'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "export" -d 'Export users as CSV or JSONL, which `user import --as-is` reads back'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -f -a "issue" -d 'Issue a token, and print it once'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -f -a "list" -d 'List tokens, the newest first'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -f -a "show" -d 'Show a token'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -f -a "verify" -d 'Say whether a token would be accepted now, whose it is, and until when'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -f -a "revoke" -d 'Revoke tokens, for good'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -f -a "rotate" -d 'Rotate a token: issue a new one of the same owner and name, and let the old one run out'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -f -a "block" -d 'Block tokens until they are unblocked'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -f -a "unblock" -d 'Unblock tokens'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -f -a "purge" -d 'Delete tokens that expired or were revoked, in committed batches'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l user -d 'The owner that is this user\'s alone: username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l owner -d 'Any owner, by its owner_id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l name -d 'Name that tells the owner\'s tokens apart' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l expires-in -d 'How long it is valid: 90s 30m 12h 7d 2w 6mo 1y, or until when' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l expires-at -d 'Until when it is valid: 2027-01-31, 2027-01-31T12:00:00Z' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l write-to -d 'Write the token to this new file of mode 0600, and not to standard output' -r -F
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l token-scheme -d 'How the service looks tokens up [default: digest] [env: IAMCTL_TOKEN_SCHEME]' -r -f -a "digest\t'`iam_…`, of which the database keeps a digest'
verbatim\t'44 characters, stored as they are, for a service that looks tokens up like codes'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l if-not-exists -d 'Succeed without a change, and without a token, where a live token of that name exists'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l force -d 'Issue it even if no user of the owner may log in'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l user -d 'The owner that is this user\'s alone: username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l owner -d 'Any owner, by its owner_id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l status -d 'Only tokens in this state' -r -f -a "active\t'Would be accepted now'
expired\t''
blocked\t''
revoked\t''
owner-blocked\t'Every user of the owner is blocked or deleted'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l expiring-within -d 'Only live tokens that expire within this duration, or before this time' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l after -d 'Continue after this token' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l limit -d 'Print at most so many rows [default: 100 in a table, else all]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l orphaned -d 'Only tokens of owners that have no users left'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l fail-if-any -d 'Exit with 5 if there is any, for alerting'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l all -d 'Print all rows, in a table too'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l count -d 'Print how many rows there are, and none of them'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l user -d 'The owner that is this user\'s alone: username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l owner -d 'Any owner, by its owner_id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l name -d 'Name of the token, with --user or --owner; the newest live one of that name' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l token-scheme -d 'Take a token by value only if it is of this scheme [default: both]' -r -f -a "digest\t'`iam_…`, of which the database keeps a digest'
verbatim\t'44 characters, stored as they are, for a service that looks tokens up like codes'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l stdin -d 'Read the token itself from standard input; on a terminal it is asked for, unseen'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -l token-scheme -d 'Take a token by value only if it is of this scheme [default: both]' -r -f -a "digest\t'`iam_…`, of which the database keeps a digest'
verbatim\t'44 characters, stored as they are, for a service that looks tokens up like codes'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l user -d 'The owner that is this user\'s alone: username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l owner -d 'Any owner, by its owner_id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l name -d 'By name, with --user or --owner' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l token-scheme -d 'Take a token by value only if it is of this scheme [default: both]' -r -f -a "digest\t'`iam_…`, of which the database keeps a digest'
verbatim\t'44 characters, stored as they are, for a service that looks tokens up like codes'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l all -d 'All tokens, with --user or --owner'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l stdin -d 'Read the tokens themselves from standard input, one a line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l user -d 'The owner that is this user\'s alone: username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l owner -d 'Any owner, by its owner_id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l name -d 'Name of the token, with --user or --owner; the newest live one of that name' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l overlap -d 'How long the old token goes on working, or until when; `0s` ends it now' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l expires-in -d 'How long it is valid: 90s 30m 12h 7d 2w 6mo 1y, or until when' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l expires-at -d 'Until when it is valid: 2027-01-31, 2027-01-31T12:00:00Z' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l write-to -d 'Write the token to this new file of mode 0600, and not to standard output' -r -F
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l token-scheme -d 'How the service looks tokens up [default: digest] [env: IAMCTL_TOKEN_SCHEME]' -r -f -a "digest\t'`iam_…`, of which the database keeps a digest'
verbatim\t'44 characters, stored as they are, for a service that looks tokens up like codes'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l stdin -d 'Read the token itself from standard input; on a terminal it is asked for, unseen'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l force -d 'Rotate it even if no user of the owner may log in'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l user -d 'The owner that is this user\'s alone: username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l owner -d 'Any owner, by its owner_id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l name -d 'By name, with --user or --owner' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l token-scheme -d 'Take a token by value only if it is of this scheme [default: both]' -r -f -a "digest\t'`iam_…`, of which the database keeps a digest'
verbatim\t'44 characters, stored as they are, for a service that looks tokens up like codes'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l all -d 'All tokens, with --user or --owner'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l stdin -d 'Read the tokens themselves from standard input, one a line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l user -d 'The owner that is this user\'s alone: username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l owner -d 'Any owner, by its owner_id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l name -d 'By name, with --user or --owner' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l token-scheme -d 'Take a token by value only if it is of this scheme [default: both]' -r -f -a "digest\t'`iam_…`, of which the database keeps a digest'
verbatim\t'44 characters, stored as they are, for a service that looks tokens up like codes'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l all -d 'All tokens, with --user or --owner'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l stdin -d 'Read the tokens themselves from standard input, one a line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l older-than -d 'Only tokens that were over longer ago than this, or before this time' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l batch-size -d 'Delete and commit so many rows at a time, or fewer' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l target-batch-time -d 'Make batches shorter where one takes longer than this' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l jobs -d 'Delete over so many connections at once' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l max-lag -d 'Wait while a standby is further behind than this' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l max-rows -d 'Stop after so many rows' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l max-duration -d 'Stop after this time' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l pause -d 'Pause between two batches' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l dry-run -d 'Count what would be deleted, and delete nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l skip-if-busy -d 'Exit with 0 at once where another run is at work, in place of 10'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -s y -l yes -d 'Ask nothing; it never asks, and takes this like every change'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "issue" -d 'Issue a token, and print it once'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "list" -d 'List tokens, the newest first'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a token'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Say whether a token would be accepted now, whose it is, and until when'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "revoke" -d 'Revoke tokens, for good'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "rotate" -d 'Rotate a token: issue a new one of the same owner and name, and let the old one run out'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "block" -d 'Block tokens until they are unblocked'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "unblock" -d 'Unblock tokens'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "purge" -d 'Delete tokens that expired or were revoked, in committed batches'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete help" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete help" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete help" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete help" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete help" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete help" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete help" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete help" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete help" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete help" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete help" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete help" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete help" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete help" -f -a "create" -d 'Create an owner of tokens that one or more users share'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete help" -f -a "list" -d 'List owners that have users, in the order of their ids'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete help" -f -a "show" -d 'Show an owner, with its users and how many tokens it has'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete help" -f -a "add" -d 'Add users to an owner: they share its tokens from now on'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete help" -f -a "remove" -d 'Remove users from an owner'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete help" -f -a "delete" -d 'Delete an owner: it loses its users'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -l user -d 'A user of the owner: username, email or id; once for each' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -l user -d 'Only owners of this user, shared ones too: username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -l after -d 'Continue after this owner' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -l limit -d 'Print at most so many rows [default: 100 in a table, else all]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -l all -d 'Print all rows, in a table too'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -l count -d 'Print how many rows there are, and none of them'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from show" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from show" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from show" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from show" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from show" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from show" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from show" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from show" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from show" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from show" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -l revoke-tokens -d 'Revoke the owner\'s tokens where no user is left'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -l revoke-tokens -d 'Revoke the owner\'s live tokens'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create an owner of tokens that one or more users share'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from help" -f -a "list" -d 'List owners that have users, in the order of their ids'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show an owner, with its users and how many tokens it has'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add users to an owner: they share its tokens from now on'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Remove users from an owner'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete an owner: it loses its users'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge help" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge help" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge help" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge help" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge help" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge help" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge help" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge help" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge help" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge help" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge help" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge help" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge help" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge help" -f -a "list" -d 'List sessions by their ids, the newest first; never the refresh tokens themselves'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge help" -f -a "revoke" -d 'Revoke sessions: their users have to log in again'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge help" -f -a "purge" -d 'Delete sessions that are over, in committed batches'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l user -d 'Only sessions of this user: username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l status -d 'Only sessions in this state' -r -f -a "live\t'The service still accepts it'
expired\t'Over by itself'
revoked\t'Ended before its time'"
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l created-after -d 'Only sessions created at or after this time, or within this duration' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l created-before -d 'Only sessions created before this time, or longer ago than this duration' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l after -d 'Continue after this session' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l limit -d 'Print at most so many rows [default: 100 in a table, else all]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l all -d 'Print all rows, in a table too'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l count -d 'Print how many rows there are, and none of them'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l user -d 'Whose sessions: username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l all -d 'All live sessions of --user'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l everyone -d 'All live sessions of all users'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l older-than -d 'Only sessions that were over longer ago than this, or before this time' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l batch-size -d 'Delete and commit so many rows at a time, or fewer' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l target-batch-time -d 'Make batches shorter where one takes longer than this' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l jobs -d 'Delete over so many connections at once' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l max-lag -d 'Wait while a standby is further behind than this' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l max-rows -d 'Stop after so many rows' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l max-duration -d 'Stop after this time' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l pause -d 'Pause between two batches' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l dry-run -d 'Count what would be deleted, and delete nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l skip-if-busy -d 'Exit with 0 at once where another run is at work, in place of 10'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -s y -l yes -d 'Ask nothing; it never asks, and takes this like every change'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "list" -d 'List sessions by their ids, the newest first; never the refresh tokens themselves'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "revoke" -d 'Revoke sessions: their users have to log in again'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "purge" -d 'Delete sessions that are over, in committed batches'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats help" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats help" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats help" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats help" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats help" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats help" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats help" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats help" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats help" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats help" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats help" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats help" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats help" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats help" -f -a "issue" -d 'Issue a code for a user, and print it with its form in a link'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats help" -f -a "list" -d 'List codes by their ids, the newest first; never the codes themselves'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats help" -f -a "revoke" -d 'Revoke codes: they are removed, and no longer work'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats help" -f -a "purge" -d 'Delete expired codes, in committed batches'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats help" -f -a "stats" -d 'Count live and expired codes, a row a table'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l user -d 'Username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l expires-in -d 'How long it is valid: 90s 30m 12h 7d 2w 6mo 1y, or until when' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l expires-at -d 'Until when it is valid: 2027-01-31, 2027-01-31T12:00:00Z' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l link-template -d 'Print this link too, with the code\'s URL form in the place of `{code}`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l force -d 'Issue it even if the service would refuse it'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l kind -d 'Only codes of this kind' -r -f -a "verification\t'Proves that the user reads the email'
authorization\t'Logs the user in'"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l user -d 'Only codes of this user: username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l status -d 'Only codes in this state' -r -f -a "live\t'Can still be used'
expired\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l after -d 'Continue after this code' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l limit -d 'Print at most so many rows [default: 100 in a table, else all]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l all -d 'Print all rows, in a table too'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l count -d 'Print how many rows there are, and none of them'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l user -d 'Whose codes: username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l all -d 'All codes of --user, of both kinds'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l kind -d 'Only codes of this kind' -r -f -a "verification\t'Proves that the user reads the email'
authorization\t'Logs the user in'"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l older-than -d 'Only codes that expired longer ago than this, or before this time' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l batch-size -d 'Delete and commit so many rows at a time, or fewer' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l target-batch-time -d 'Make batches shorter where one takes longer than this' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l jobs -d 'Delete over so many connections at once' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l max-lag -d 'Wait while a standby is further behind than this' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l max-rows -d 'Stop after so many rows' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l max-duration -d 'Stop after this time' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l pause -d 'Pause between two batches' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l dry-run -d 'Count what would be deleted, and delete nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l skip-if-busy -d 'Exit with 0 at once where another run is at work, in place of 10'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -s y -l yes -d 'Ask nothing; it never asks, and takes this like every change'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -l max-age -d 'Exit with 5 if a code expired longer ago than this, or before this time, and is still there' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from help" -f -a "issue" -d 'Issue a code for a user, and print it with its form in a link'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from help" -f -a "list" -d 'List codes by their ids, the newest first; never the codes themselves'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from help" -f -a "revoke" -d 'Revoke codes: they are removed, and no longer work'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from help" -f -a "purge" -d 'Delete expired codes, in committed batches'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from help" -f -a "stats" -d 'Count live and expired codes, a row a table'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -f -a "list" -d 'List who changed what, when and why; the newest first'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l action -d 'Only this action, such as `user.block`, or all of a noun, such as `user`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l actor -d 'Only what this system user did, or had done through sudo' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l target -d 'Only what was done to this: the id of a user, a token, a session, an owner; a code\'s user' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l since -d 'Only what was done since this time, or within this duration' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l until -d 'Only what was done before this time, or longer ago than this duration' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l after -d 'Continue after this entry' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l limit -d 'Print at most so many rows [default: 100 in a table, else all]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l all -d 'Print all rows, in a table too'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l count -d 'Print how many rows there are, and none of them'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "list" -d 'List who changed what, when and why; the newest first'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants help" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants help" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants help" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants help" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants help" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants help" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants help" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants help" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants help" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants help" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants help" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants help" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants help" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants help" -f -a "migrate" -d 'Create the tables, or bring them up to date'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants help" -f -a "status" -d 'List migrations: applied, pending, unknown'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants help" -f -a "revert" -d 'Take migrations back, the newest first, with the tables they made and all rows in them'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants help" -f -a "check" -d 'Check columns, constraints, indexes, and rows that the service cannot use'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants help" -f -a "adopt" -d 'Take over tables that the service\'s own scripts created'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants help" -f -a "grants" -d 'Print the GRANTs that a role needs for one kind of work, and no more'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l schema -d 'Create the tables in this schema, even if another has some; the search path must begin with it' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l dry-run -d 'Print the SQL that would run, and run nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -s y -l yes -d 'Ask nothing; it never asks, and takes this like every change'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from status" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from status" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from status" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from status" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from status" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from status" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from status" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from status" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from status" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from status" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from status" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -l steps -d 'How many migrations to take back' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -l discard-audit -d 'Also drop the audit log'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from check" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from check" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from check" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from check" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from check" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from check" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from check" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from check" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from check" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from check" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from check" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l dry-run -d 'Do the work, show it, and roll it back'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -l profile -d 'What the role is for' -r -f -a "operator\t'Everything but migrating: users, tokens, sessions, codes, owners, purges, the audit log'
purger\t'`purge`, `code purge`, `session purge`, `token purge`'
auditor\t'`audit list`, `user list`, `user show`, `code stats`, `db status`; reads no secret'
service\t'The service itself: registers users and verifies emails, issues and uses up codes and sessions'"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -l role -d 'The role' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from help" -f -a "migrate" -d 'Create the tables, or bring them up to date'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from help" -f -a "status" -d 'List migrations: applied, pending, unknown'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from help" -f -a "revert" -d 'Take migrations back, the newest first, with the tables they made and all rows in them'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check columns, constraints, indexes, and rows that the service cannot use'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from help" -f -a "adopt" -d 'Take over tables that the service\'s own scripts created'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from help" -f -a "grants" -d 'Print the GRANTs that a role needs for one kind of work, and no more'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy help" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy help" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy help" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy help" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy help" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy help" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy help" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy help" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy help" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy help" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy help" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy help" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy help" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy help" -f -a "start" -d 'Start the private PostgreSQL, creating it if there is none'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy help" -f -a "stop" -d 'Stop the private PostgreSQL; its data stays'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy help" -f -a "status" -d 'Show whether the private PostgreSQL runs, and where it is'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy help" -f -a "url" -d 'Print the URL of the private PostgreSQL, for psql and others on this machine'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy help" -f -a "destroy" -d 'Stop the private PostgreSQL and remove it, with all its data'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from start" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from start" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from start" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from start" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from start" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from start" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from start" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from start" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from start" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from start" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from start" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from start" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from start" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from start" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from stop" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from stop" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from stop" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from stop" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from status" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from status" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from status" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from status" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from status" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from status" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from status" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from status" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from status" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from status" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from status" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from url" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from url" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from url" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from url" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from url" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from url" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from url" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from url" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from url" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from url" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from url" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from url" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from url" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from url" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l dry-run -d 'Show what would be removed, and remove nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -s y -l yes -d 'Ask nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from help" -f -a "start" -d 'Start the private PostgreSQL, creating it if there is none'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from help" -f -a "stop" -d 'Stop the private PostgreSQL; its data stays'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from help" -f -a "status" -d 'Show whether the private PostgreSQL runs, and where it is'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from help" -f -a "url" -d 'Print the URL of the private PostgreSQL, for psql and others on this machine'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from help" -f -a "destroy" -d 'Stop the private PostgreSQL and remove it, with all its data'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l keep-codes -d 'How long to keep expired codes, or since when they may have expired' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l keep-sessions -d 'How long to keep sessions that expired or were revoked' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l keep-tokens -d 'How long to keep tokens that expired or were revoked' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l metrics-file -d 'Write what happened to this file in Prometheus\' text format, atomically' -r -F
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l batch-size -d 'Delete and commit so many rows at a time, or fewer' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l target-batch-time -d 'Make batches shorter where one takes longer than this' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l jobs -d 'Delete over so many connections at once' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l max-lag -d 'Wait while a standby is further behind than this' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l max-rows -d 'Stop after so many rows' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l max-duration -d 'Stop after this time' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l pause -d 'Pause between two batches' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l reason -d 'Why, for the audit log [env: IAMCTL_REASON]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l dry-run -d 'Count what would be deleted, and delete nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l skip-if-busy -d 'Exit with 0 at once where another run is at work, in place of 10'
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -s y -l yes -d 'Ask nothing; it never asks, and takes this like every change'
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand doctor" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand doctor" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand doctor" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand doctor" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand doctor" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand doctor" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand doctor" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand doctor" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand doctor" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand doctor" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand doctor" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand doctor" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand doctor" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand completions" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand completions" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand completions" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand completions" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand completions" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand completions" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand completions" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand completions" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand completions" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand completions" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand completions" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand completions" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand completions" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand man" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand man" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand man" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand man" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand man" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand man" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand man" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand man" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand man" -l directory -d 'Write the pages of all commands into this directory' -r -F
complete -c iamctl -n "__fish_iamctl_using_subcommand man" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand man" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand man" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand man" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand man" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand demo" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand demo" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand demo" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand demo" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand demo" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand demo" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand demo" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand demo" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand demo" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand demo" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand demo" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand demo" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand demo" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand help; and not __fish_seen_subcommand_from user token owner session code audit db local purge doctor completions man demo help" -f -a "user" -d 'Accounts: create, look at, change, block, delete, erase'
complete -c iamctl -n "__fish_iamctl_using_subcommand help; and not __fish_seen_subcommand_from user token owner session code audit db local purge doctor completions man demo help" -f -a "token" -d 'API tokens: issue, look at, verify, rotate, revoke'
complete -c iamctl -n "__fish_iamctl_using_subcommand help; and not __fish_seen_subcommand_from user token owner session code audit db local purge doctor completions man demo help" -f -a "owner" -d 'Owners of API tokens: the users who share them'
complete -c iamctl -n "__fish_iamctl_using_subcommand help; and not __fish_seen_subcommand_from user token owner session code audit db local purge doctor completions man demo help" -f -a "session" -d 'Sessions: refresh tokens, by which users stay logged in'
complete -c iamctl -n "__fish_iamctl_using_subcommand help; and not __fish_seen_subcommand_from user token owner session code audit db local purge doctor completions man demo help" -f -a "code" -d 'One-time codes: issue, look at, revoke, purge'
complete -c iamctl -n "__fish_iamctl_using_subcommand help; and not __fish_seen_subcommand_from user token owner session code audit db local purge doctor completions man demo help" -f -a "audit" -d 'The log of every change'
complete -c iamctl -n "__fish_iamctl_using_subcommand help; and not __fish_seen_subcommand_from user token owner session code audit db local purge doctor completions man demo help" -f -a "db" -d 'The tables: migrations, checks, rights, taking over'
complete -c iamctl -n "__fish_iamctl_using_subcommand help; and not __fish_seen_subcommand_from user token owner session code audit db local purge doctor completions man demo help" -f -a "local" -d 'The private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand help; and not __fish_seen_subcommand_from user token owner session code audit db local purge doctor completions man demo help" -f -a "purge" -d 'Delete everything that has expired: codes, sessions, tokens'
complete -c iamctl -n "__fish_iamctl_using_subcommand help; and not __fish_seen_subcommand_from user token owner session code audit db local purge doctor completions man demo help" -f -a "doctor" -d 'Check connection, server, rights, tables, clock and backlog'
complete -c iamctl -n "__fish_iamctl_using_subcommand help; and not __fish_seen_subcommand_from user token owner session code audit db local purge doctor completions man demo help" -f -a "completions" -d 'Print the completion script of a shell'
complete -c iamctl -n "__fish_iamctl_using_subcommand help; and not __fish_seen_subcommand_from user token owner session code audit db local purge doctor completions man demo help" -f -a "man" -d 'Print the manual page of a command'
complete -c iamctl -n "__fish_iamctl_using_subcommand help; and not __fish_seen_subcommand_from user token owner session code audit db local purge doctor completions man demo help" -f -a "demo" -d 'Walk through the main job on an empty database'
complete -c iamctl -n "__fish_iamctl_using_subcommand help; and not __fish_seen_subcommand_from user token owner session code audit db local purge doctor completions man demo help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'

# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_iamctl_global_optspecs
    string join \n database-url= local wait= connect-timeout= lock-timeout= statement-timeout= o/output= columns= no-headers csv-safe times= color= q/quiet v/verbose h/help V/version
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
complete -c iamctl -n "__fish_iamctl_needs_command" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
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
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "user" -d 'Accounts: create, show, change, block, delete, erase'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "token" -d 'API tokens: issue, show, verify, rotate, revoke'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "owner" -d 'Owners of API tokens: the users who share them'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "session" -d 'Refresh tokens, which keep users logged in'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "code" -d 'One-time codes: issue, list, revoke, purge'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "audit" -d 'The log of all changes'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "db" -d 'The tables: migrations, checks, rights, adoption'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "local" -d 'The private PostgreSQL that iamctl runs'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "purge" -d 'Delete what has expired: codes, sessions, tokens'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "doctor" -d 'Check the database and the connection'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "completions" -d 'Print the completion script of a shell'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "man" -d 'Show the manual page of a command'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "demo" -d 'Walk through the main job on an empty database'
complete -c iamctl -n "__fish_iamctl_needs_command" -f -a "help" -d 'Show help on a command or a topic'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -f -a "create" -d 'Create a user'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -f -a "show" -d 'Show a user, with counts of sessions, codes and tokens'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -f -a "list" -d 'List users, the newest first'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -f -a "block" -d 'Block users: no login until they are unblocked'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -f -a "unblock" -d 'Unblock users'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -f -a "delete" -d 'Delete users: mark them deleted, and end their sessions'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -f -a "restore" -d 'Restore deleted users'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -f -a "erase" -d 'Erase users for good, with all their rows'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -f -a "rename" -d 'Change the username of a user'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -f -a "set-email" -d 'Change the email address of a user'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -f -a "verify-email" -d 'Mark email addresses of users as verified'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -f -a "unverify-email" -d 'Mark email addresses of users as not verified'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -f -a "offboard" -d 'End all access of users who leave'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -f -a "import" -d 'Import users from a CSV or JSONL file, all or none'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and not __fish_seen_subcommand_from create show list block unblock delete restore erase rename set-email verify-email unverify-email offboard import export" -f -a "export" -d 'Export users as CSV or JSONL'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l email -d 'Email address, stored in lower case' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l id -d 'Id of the user [default: random]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l verified -d 'Mark the email as verified'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l if-not-exists -d 'Succeed if this user exists already'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from create" -s y -l yes -d 'Do not ask for confirmation'
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
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from show" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from show" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from show" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from show" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from show" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l status -d 'active, blocked, deleted, unverified or any' -r -f -a "active\t'May log in: verified, not blocked, not deleted'
blocked\t'Blocked, and not deleted'
deleted\t''
unverified\t'Email not verified, and neither blocked nor deleted'
any\t'Everybody, the deleted too'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l created-after -d 'Only users created since: 2026-01-31, 7d' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l created-before -d 'Only users created before: 2026-01-31, 7d' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l email-domain -d 'Only users with an email at this domain' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l search -d 'Only users whose name or email contains this' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l sort -d 'By created, username or email' -r -f -a "created\t'Newest first'
username\t'A to Z'
email\t'A to Z'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l after -d 'Continue after this user' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l limit -d 'Print at most this many rows' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l reverse -d 'Reverse the order'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l all -d 'Print all rows, in a table too'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l count -d 'Print only the number of rows'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l revoke-sessions -d 'Also revoke their sessions'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l revoke-tokens -d 'Also revoke their API tokens'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from block" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unblock" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l deleted-for -d 'All users deleted longer ago than this' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l force -d 'Also erase users who are not deleted'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from erase" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -l verified -d 'Mark the new address as verified'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from set-email" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from verify-email" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from unverify-email" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l hand-over-to -d 'Give their tokens to this user, not revoke them' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l rotate-into -d 'Write a new secret per token to this directory' -r -F
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l overlap -d 'Keep the old secrets valid this long' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from offboard" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l format -d 'csv or jsonl [default: by the file\'s name]' -r -f -a "csv\t'RFC 4180, with a header line'
jsonl\t'One JSON object a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l on-conflict -d 'Taken id, name or email: fail or skip' -r -f -a "fail\t'Import nothing, and name the row'
skip\t'Leave the row out, and name it'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l errors -d 'Write unusable rows to this file' -r -F
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l max-errors -d 'Stop after this many unusable rows' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l as-is -d 'Take names and times of other programs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l status -d 'active, blocked, deleted, unverified or any' -r -f -a "active\t'May log in: verified, not blocked, not deleted'
blocked\t'Blocked, and not deleted'
deleted\t''
unverified\t'Email not verified, and neither blocked nor deleted'
any\t'Everybody, the deleted too'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l created-after -d 'Only users created since: 2026-01-31, 7d' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l created-before -d 'Only users created before: 2026-01-31, 7d' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l email-domain -d 'Only users with an email at this domain' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l search -d 'Only users whose name or email contains this' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand user; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -f -a "issue" -d 'Issue an API token, and print it once'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -f -a "list" -d 'List tokens, the newest first'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -f -a "show" -d 'Show a token, without its secret'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -f -a "verify" -d 'Check whether a token is accepted now'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -f -a "revoke" -d 'Revoke tokens for good'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -f -a "rotate" -d 'Replace a token by a new one'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -f -a "block" -d 'Block tokens until they are unblocked'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -f -a "unblock" -d 'Unblock tokens'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and not __fish_seen_subcommand_from issue list show verify revoke rotate block unblock purge" -f -a "purge" -d 'Delete tokens that expired or were revoked'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l user -d 'The user\'s own: username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l owner -d 'Those of this owner: its id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l name -d 'Name of the token, unique among the valid ones' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l expires-in -d 'Lifetime: 90s, 12h, 7d, 6mo [default: 90d]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l expires-at -d 'Valid until this time: 2027-01-31' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l write-to -d 'Write the token to this new file, mode 0600' -r -F
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l token-scheme -d 'How the service looks tokens up' -r -f -a "digest\t'`iam_…`, of which the database keeps a digest'
verbatim\t'44 characters, stored as they are, for a service that looks tokens up like codes'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l if-not-exists -d 'Succeed if a valid token of this name exists'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l force -d 'Issue it even if no user of the owner can log in'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from issue" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l user -d 'Only tokens of this user\'s owners' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l owner -d 'Only tokens of this owner, by owner_id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l status -d 'Only tokens in this state, such as active' -r -f -a "active\t'Would be accepted now'
expired\t''
blocked\t''
revoked\t''
owner-blocked\t'Every user of the owner is blocked or deleted'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l expiring-within -d 'Only valid ones that expire within this' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l after -d 'Continue after this token' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l limit -d 'Print at most this many rows' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l orphaned -d 'Only tokens of owners without users'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l fail-if-any -d 'Exit with 5 if there is any, for alerts'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l all -d 'Print all rows, in a table too'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l count -d 'Print only the number of rows'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l user -d 'The user\'s own: username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l owner -d 'Those of this owner: its id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l name -d 'The newest of this name, with --user/--owner' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l token-scheme -d 'Accept values of this scheme only' -r -f -a "digest\t'`iam_…`, of which the database keeps a digest'
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
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l stdin -d 'Read the token itself from stdin'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -l token-scheme -d 'Accept values of this scheme only' -r -f -a "digest\t'`iam_…`, of which the database keeps a digest'
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
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l user -d 'The user\'s own: username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l owner -d 'Those of this owner: its id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l name -d 'Tokens of this name, with --user or --owner' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l token-scheme -d 'Accept values of this scheme only' -r -f -a "digest\t'`iam_…`, of which the database keeps a digest'
verbatim\t'44 characters, stored as they are, for a service that looks tokens up like codes'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l all -d 'All tokens, with --user or --owner'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l stdin -d 'Read the tokens themselves from stdin'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l user -d 'The user\'s own: username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l owner -d 'Those of this owner: its id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l name -d 'The newest of this name, with --user/--owner' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l overlap -d 'Keep the old token valid this long' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l expires-in -d 'Lifetime: 90s, 12h, 7d, 6mo [default: 90d]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l expires-at -d 'Valid until this time: 2027-01-31' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l write-to -d 'Write the token to this new file, mode 0600' -r -F
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l token-scheme -d 'How the service looks tokens up' -r -f -a "digest\t'`iam_…`, of which the database keeps a digest'
verbatim\t'44 characters, stored as they are, for a service that looks tokens up like codes'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l stdin -d 'Read the token itself from stdin'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l force -d 'Rotate it even if no user of the owner can log in'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from rotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l user -d 'The user\'s own: username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l owner -d 'Those of this owner: its id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l name -d 'Tokens of this name, with --user or --owner' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l token-scheme -d 'Accept values of this scheme only' -r -f -a "digest\t'`iam_…`, of which the database keeps a digest'
verbatim\t'44 characters, stored as they are, for a service that looks tokens up like codes'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l all -d 'All tokens, with --user or --owner'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l stdin -d 'Read the tokens themselves from stdin'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from block" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l user -d 'The user\'s own: username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l owner -d 'Those of this owner: its id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l name -d 'Tokens of this name, with --user or --owner' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l token-scheme -d 'Accept values of this scheme only' -r -f -a "digest\t'`iam_…`, of which the database keeps a digest'
verbatim\t'44 characters, stored as they are, for a service that looks tokens up like codes'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l all -d 'All tokens, with --user or --owner'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l stdin -d 'Read the tokens themselves from stdin'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from unblock" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l older-than -d 'Only those ended for this long' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l batch-size -d 'Rows in a batch, at most' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l target-batch-time -d 'Make batches smaller that take longer than this' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l jobs -d 'Delete over this many connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l max-lag -d 'Wait while a standby is further behind than this' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l max-rows -d 'Stop after this many rows' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l max-duration -d 'Stop after this time' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l pause -d 'Pause between two batches' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l dry-run -d 'Count the rows, and delete nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l skip-if-busy -d 'Exit with 0, not 10, if another is active'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -s y -l yes -d 'Accepted, as every change does; nothing is asked'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand token; and __fish_seen_subcommand_from purge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete" -f -a "create" -d 'Create an owner whose tokens several users share'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete" -f -a "list" -d 'List owners that have users'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete" -f -a "show" -d 'Show an owner, its users and the count of its tokens'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete" -f -a "add" -d 'Add users to an owner: they share its tokens'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete" -f -a "remove" -d 'Remove users from an owner'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and not __fish_seen_subcommand_from create list show add remove delete" -f -a "delete" -d 'Delete an owner: it loses its users'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -l user -d 'User of the owner; repeat for each' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -l user -d 'Only owners of this user: username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -l after -d 'Continue after this owner' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -l limit -d 'Print at most this many rows' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -l all -d 'Print all rows, in a table too'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from list" -l count -d 'Print only the number of rows'
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
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from show" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from show" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from show" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from show" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from show" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -l revoke-tokens -d 'Revoke the owner\'s tokens if no user is left'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -l revoke-tokens -d 'Revoke the owner\'s valid tokens'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand owner; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge" -f -a "list" -d 'List sessions, the newest first'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge" -f -a "revoke" -d 'Revoke sessions: their users have to log in again'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and not __fish_seen_subcommand_from list revoke purge" -f -a "purge" -d 'Delete sessions that expired or were revoked'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l user -d 'Only sessions of this user: username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l status -d 'Only sessions in this state' -r -f -a "live\t'The service still accepts it'
expired\t'Over by itself'
revoked\t'Ended before its time'"
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l created-after -d 'Only sessions created since: 2026-01-31, 7d' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l created-before -d 'Only sessions created before: 2026-01-31, 7d' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l after -d 'Continue after this session' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l limit -d 'Print at most this many rows' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l all -d 'Print all rows, in a table too'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l count -d 'Print only the number of rows'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l user -d 'Whose sessions: username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l all -d 'All live sessions of --user'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l everyone -d 'All live sessions of all users'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l older-than -d 'Only those ended for this long' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l batch-size -d 'Rows in a batch, at most' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l target-batch-time -d 'Make batches smaller that take longer than this' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l jobs -d 'Delete over this many connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l max-lag -d 'Wait while a standby is further behind than this' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l max-rows -d 'Stop after this many rows' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l max-duration -d 'Stop after this time' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l pause -d 'Pause between two batches' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l dry-run -d 'Count the rows, and delete nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l skip-if-busy -d 'Exit with 0, not 10, if another is active'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -s y -l yes -d 'Accepted, as every change does; nothing is asked'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand session; and __fish_seen_subcommand_from purge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats" -f -a "issue" -d 'Issue a one-time code for a user'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats" -f -a "list" -d 'List codes, the newest first'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats" -f -a "revoke" -d 'Revoke codes: they are removed'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats" -f -a "purge" -d 'Delete expired codes'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and not __fish_seen_subcommand_from issue list revoke purge stats" -f -a "stats" -d 'Count live and expired codes'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l user -d 'Username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l expires-in -d 'Lifetime: 90s, 12h, 7d, 6mo [default: 90d]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l expires-at -d 'Valid until this time: 2027-01-31' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l link-template -d 'Also print this link, with the code for `{code}`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l force -d 'Issue it even if the service would refuse it'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from issue" -s y -l yes -d 'Do not ask for confirmation'
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
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l limit -d 'Print at most this many rows' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l all -d 'Print all rows, in a table too'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l count -d 'Print only the number of rows'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l user -d 'Whose codes: username, email or id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l all -d 'All codes of --user, of both kinds'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l kind -d 'Only verification or authorization' -r -f -a "verification\t'Proves that the user reads the email'
authorization\t'Logs the user in'"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l older-than -d 'Only those expired for this long' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l batch-size -d 'Rows in a batch, at most' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l target-batch-time -d 'Make batches smaller that take longer than this' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l jobs -d 'Delete over this many connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l max-lag -d 'Wait while a standby is further behind than this' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l max-rows -d 'Stop after this many rows' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l max-duration -d 'Stop after this time' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l pause -d 'Pause between two batches' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l dry-run -d 'Count the rows, and delete nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l skip-if-busy -d 'Exit with 0, not 10, if another is active'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -s y -l yes -d 'Accepted, as every change does; nothing is asked'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from purge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -l max-age -d 'Exit with 5 if codes expired longer ago than this' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand code; and __fish_seen_subcommand_from stats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and not __fish_seen_subcommand_from list" -f -a "list" -d 'List who changed what, when and why'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l action -d 'Only this action, or those of a noun' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l actor -d 'Only changes by this system user' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l target -d 'Only changes of this user, or of what has this id' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l since -d 'Only changes since: 2026-01-31, 7d' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l until -d 'Only changes before: 2026-01-31, 7d' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l after -d 'Continue after this entry' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l limit -d 'Print at most this many rows' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l all -d 'Print all rows, in a table too'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l count -d 'Print only the number of rows'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand audit; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants" -f -a "migrate" -d 'Create the tables, or bring them up to date'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants" -f -a "status" -d 'List migrations: applied, pending, unknown'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants" -f -a "revert" -d 'Revert migrations, and drop their tables'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants" -f -a "check" -d 'Check tables, rights and rows, and list what is wrong'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants" -f -a "adopt" -d 'Take over tables that the service\'s scripts created'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and not __fish_seen_subcommand_from migrate status revert check adopt grants" -f -a "grants" -d 'Print the GRANTs that a role needs'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l schema -d 'Create a second set of tables in this schema' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -l dry-run -d 'Print the SQL, and run nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from migrate" -s y -l yes -d 'Accepted, as every change does; nothing is asked'
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
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from status" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from status" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from status" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from status" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from status" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -l steps -d 'Number of migrations to revert' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -l discard-audit -d 'Also drop the audit log'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from revert" -s y -l yes -d 'Do not ask for confirmation'
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
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from check" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from check" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from check" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from check" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from check" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l reason -d 'Reason, for the audit log' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -l dry-run -d 'Show what would change, without changing it'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from adopt" -s y -l yes -d 'Do not ask for confirmation'
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
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -l role -d 'Name of the role' -r
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
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand db; and __fish_seen_subcommand_from grants" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy" -f -a "start" -d 'Start the private PostgreSQL'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy" -f -a "stop" -d 'Stop the private PostgreSQL, and keep its data'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy" -f -a "status" -d 'Show whether the private PostgreSQL is running'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy" -f -a "url" -d 'Print the URL of the private PostgreSQL, for psql'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and not __fish_seen_subcommand_from start stop status url destroy" -f -a "destroy" -d 'Remove the private PostgreSQL, with all its data'
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
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from start" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
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
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from stop" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
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
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from status" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
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
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from url" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
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
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l dry-run -d 'Show what would be removed, and remove nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -s y -l yes -d 'Do not ask for confirmation'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand local; and __fish_seen_subcommand_from destroy" -s h -l help -d 'Print help (see more with \'--help\')'
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
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l keep-codes -d 'Keep expired codes this long' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l keep-sessions -d 'Keep ended sessions this long' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l keep-tokens -d 'Keep ended tokens this long' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l metrics-file -d 'Write metrics for Prometheus to this file' -r -F
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l batch-size -d 'Rows in a batch, at most' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l target-batch-time -d 'Make batches smaller that take longer than this' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l jobs -d 'Delete over this many connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l max-lag -d 'Wait while a standby is further behind than this' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l max-rows -d 'Stop after this many rows' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l max-duration -d 'Stop after this time' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l pause -d 'Pause between two batches' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l reason -d 'Reason, for the audit log' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l dry-run -d 'Count the rows, and delete nothing'
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -l skip-if-busy -d 'Exit with 0, not 10, if another is active'
complete -c iamctl -n "__fish_iamctl_using_subcommand purge" -s y -l yes -d 'Accepted, as every change does; nothing is asked'
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
complete -c iamctl -n "__fish_iamctl_using_subcommand doctor" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
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
complete -c iamctl -n "__fish_iamctl_using_subcommand completions" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
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
complete -c iamctl -n "__fish_iamctl_using_subcommand man" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand man" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand man" -l directory -d 'Write all pages to man1 and man7 below this' -r -F
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
complete -c iamctl -n "__fish_iamctl_using_subcommand demo" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand demo" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand demo" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand demo" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand demo" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand demo" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand demo" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c iamctl -n "__fish_iamctl_using_subcommand help" -l database-url -d 'Database to administer: a URL, libpq keywords, or `local:`' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand help" -l wait -d 'How long to wait for the database to accept connections' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand help" -l connect-timeout -d 'Give up connecting to a host after this time [default: 10s]' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand help" -l lock-timeout -d 'Give up waiting for a lock after this time; `0s` waits for ever' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand help" -l statement-timeout -d 'Give up a statement after this time; `0s` never does' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand help" -s o -l output -d 'How to print results [default: table] [env: IAMCTL_OUTPUT]' -r -f -a "table\t'Aligned columns for people; 100 rows unless told otherwise'
json\t'One JSON document, complete'
jsonl\t'One JSON object a line, streamed'
csv\t'RFC 4180 with a header line, streamed'
id\t'One identifier a line'"
complete -c iamctl -n "__fish_iamctl_using_subcommand help" -l columns -d 'Which columns to print, in which order' -r
complete -c iamctl -n "__fish_iamctl_using_subcommand help" -l times -d 'How tables show times [default: relative on a terminal, else iso]' -r -f -a "iso\t'RFC 3339 in UTC'
relative\t'As seen from now: `in 3 days`, `2 h ago`'"
complete -c iamctl -n "__fish_iamctl_using_subcommand help" -l color -d 'Colour in tables' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c iamctl -n "__fish_iamctl_using_subcommand help" -l local -d 'Use the private PostgreSQL that iamctl itself runs'
complete -c iamctl -n "__fish_iamctl_using_subcommand help" -l no-headers -d 'Print no header line'
complete -c iamctl -n "__fish_iamctl_using_subcommand help" -l csv-safe -d 'Write `\'` before CSV cells that a spreadsheet would run: for reading, not for import'
complete -c iamctl -n "__fish_iamctl_using_subcommand help" -s q -l quiet -d 'Suppress notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand help" -s v -l verbose -d 'Show more notices'
complete -c iamctl -n "__fish_iamctl_using_subcommand help" -s h -l help -d 'Print help (see more with \'--help\')'

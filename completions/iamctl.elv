
use builtin;
use str;

set edit:completion:arg-completer[iamctl] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'iamctl'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'iamctl'= {
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand user 'Accounts: create, look at, block, delete'
            cand token 'API tokens: issue, look at, revoke'
            cand owner 'Owners of API tokens: the users who share them'
            cand session 'Sessions: refresh tokens, by which users stay logged in'
            cand code 'One-time codes: issue, look at, purge'
            cand audit 'The log of every change'
            cand db 'The tables: migrations'
            cand local 'The private PostgreSQL that iamctl itself runs'
            cand purge 'Delete everything that has expired: codes, sessions, tokens; one line for cron'
            cand doctor 'Look whether all is well: connection, server, rights, tables, clock, backlog'
            cand completions 'Print the completion script of a shell'
            cand demo 'Walk through the main job on an empty database'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'iamctl;user'= {
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Create a user'
            cand show 'Show a user, with counts of live sessions, codes and tokens'
            cand list 'List users, the newest first'
            cand block 'Block users: no login and no refresh until they are unblocked'
            cand unblock 'Unblock users'
            cand delete 'Delete users: mark them deleted, revoke their sessions, remove their codes'
            cand restore 'Restore deleted users; no session comes back'
            cand erase 'Erase users for good: their rows and all that hangs on them'
            cand rename 'Rename a user'
            cand set-email 'Change the email address of a user'
            cand verify-email 'Mark the email addresses of users as verified'
            cand unverify-email 'Take the verification of email addresses away'
            cand offboard 'Offboard a user: block, end every session, revoke or hand over tokens, remove codes'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'iamctl;user;create'= {
            cand --email 'Email address, stored in lower case; asked for on a terminal'
            cand --id 'Id of the new user [default: a random UUID]'
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --verified 'The email address is known to be the user''s'
            cand --if-not-exists 'Succeed without a change where this username and email exist already, and are not deleted'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;user;show'= {
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;user;list'= {
            cand --status 'Only users in this state [default: all but the deleted]'
            cand --created-after 'Only users created at or after this time, or within this duration: 2026-01-31, 7d'
            cand --created-before 'Only users created before this time, or longer ago than this duration'
            cand --email-domain 'Only users whose email address is at this domain'
            cand --search 'Only users with this text in their username or email, in any case'
            cand --sort 'Order of the list: newest first, or A to Z'
            cand --after 'Continue after this user'
            cand --limit 'Print at most so many rows [default: 100 in a table, else all]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --reverse 'Turn the order around'
            cand --all 'Print all rows, in a table too'
            cand --count 'Print how many rows there are, and none of them'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;user;block'= {
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --revoke-sessions 'Revoke their sessions, too'
            cand --revoke-tokens 'Revoke their API tokens, too: those of owners that are theirs alone'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;user;unblock'= {
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;user;delete'= {
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;user;restore'= {
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;user;erase'= {
            cand --deleted-for 'All users who were deleted longer ago than this, or before this time; for cron, with --yes'
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --force 'Also users who are not deleted'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;user;rename'= {
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;user;set-email'= {
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --verified 'The new address is known to be the user''s'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;user;verify-email'= {
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;user;unverify-email'= {
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;user;offboard'= {
            cand --hand-over-to 'Hand the user''s tokens over to this user, in place of revoking them'
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;user;help'= {
            cand create 'Create a user'
            cand show 'Show a user, with counts of live sessions, codes and tokens'
            cand list 'List users, the newest first'
            cand block 'Block users: no login and no refresh until they are unblocked'
            cand unblock 'Unblock users'
            cand delete 'Delete users: mark them deleted, revoke their sessions, remove their codes'
            cand restore 'Restore deleted users; no session comes back'
            cand erase 'Erase users for good: their rows and all that hangs on them'
            cand rename 'Rename a user'
            cand set-email 'Change the email address of a user'
            cand verify-email 'Mark the email addresses of users as verified'
            cand unverify-email 'Take the verification of email addresses away'
            cand offboard 'Offboard a user: block, end every session, revoke or hand over tokens, remove codes'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'iamctl;user;help;create'= {
        }
        &'iamctl;user;help;show'= {
        }
        &'iamctl;user;help;list'= {
        }
        &'iamctl;user;help;block'= {
        }
        &'iamctl;user;help;unblock'= {
        }
        &'iamctl;user;help;delete'= {
        }
        &'iamctl;user;help;restore'= {
        }
        &'iamctl;user;help;erase'= {
        }
        &'iamctl;user;help;rename'= {
        }
        &'iamctl;user;help;set-email'= {
        }
        &'iamctl;user;help;verify-email'= {
        }
        &'iamctl;user;help;unverify-email'= {
        }
        &'iamctl;user;help;offboard'= {
        }
        &'iamctl;user;help;help'= {
        }
        &'iamctl;token'= {
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand issue 'Issue a token, and print it once'
            cand list 'List tokens, the newest first'
            cand show 'Show a token'
            cand verify 'Say whether a token would be accepted now, whose it is, and until when'
            cand revoke 'Revoke tokens, for good'
            cand rotate 'Rotate a token: issue a new one of the same owner and name, and let the old one run out'
            cand block 'Block tokens until they are unblocked'
            cand unblock 'Unblock tokens'
            cand purge 'Delete tokens that expired or were revoked, in committed batches'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'iamctl;token;issue'= {
            cand --user 'The owner that is this user''s alone: username, email or id'
            cand --owner 'Any owner, by its owner_id'
            cand --name 'Name that tells the owner''s tokens apart'
            cand --expires-in 'Let it live so long: 90s 30m 12h 7d 2w 6mo 1y, or until this time'
            cand --expires-at 'Let it live until this time: 2027-01-31, 2027-01-31T12:00:00Z'
            cand --write-to 'Write the token to this new file of mode 0600, and not to standard output'
            cand --token-scheme 'How the service looks tokens up [default: digest] [env: IAMCTL_TOKEN_SCHEME]'
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --if-not-exists 'Succeed without a change, and without a token, where a live token of that name exists'
            cand --force 'Issue it even if no user of the owner may log in'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;token;list'= {
            cand --user 'The owner that is this user''s alone: username, email or id'
            cand --owner 'Any owner, by its owner_id'
            cand --status 'Only tokens in this state'
            cand --expiring-within 'Only live tokens that expire within this duration, or before this time'
            cand --after 'Continue after this token'
            cand --limit 'Print at most so many rows [default: 100 in a table, else all]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --orphaned 'Only tokens of owners that have no users left'
            cand --fail-if-any 'Exit with 5 if there is any, for alerting'
            cand --all 'Print all rows, in a table too'
            cand --count 'Print how many rows there are, and none of them'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;token;show'= {
            cand --user 'The owner that is this user''s alone: username, email or id'
            cand --owner 'Any owner, by its owner_id'
            cand --name 'Name of the token, with --user or --owner; the newest of that name'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --stdin 'Read the token itself from standard input; on a terminal it is asked for, unseen'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;token;verify'= {
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;token;revoke'= {
            cand --user 'The owner that is this user''s alone: username, email or id'
            cand --owner 'Any owner, by its owner_id'
            cand --name 'By name, with --user or --owner'
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --all 'All tokens, with --user or --owner'
            cand --stdin 'Read the tokens themselves from standard input, one a line'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;token;rotate'= {
            cand --user 'The owner that is this user''s alone: username, email or id'
            cand --owner 'Any owner, by its owner_id'
            cand --name 'Name of the token, with --user or --owner; the newest of that name'
            cand --overlap 'Let the old token live so long, or until this time; `0s` ends it now'
            cand --expires-in 'Let it live so long: 90s 30m 12h 7d 2w 6mo 1y, or until this time'
            cand --expires-at 'Let it live until this time: 2027-01-31, 2027-01-31T12:00:00Z'
            cand --write-to 'Write the token to this new file of mode 0600, and not to standard output'
            cand --token-scheme 'How the service looks tokens up [default: digest] [env: IAMCTL_TOKEN_SCHEME]'
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --stdin 'Read the token itself from standard input; on a terminal it is asked for, unseen'
            cand --force 'Rotate it even if no user of the owner may log in'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;token;block'= {
            cand --user 'The owner that is this user''s alone: username, email or id'
            cand --owner 'Any owner, by its owner_id'
            cand --name 'By name, with --user or --owner'
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --all 'All tokens, with --user or --owner'
            cand --stdin 'Read the tokens themselves from standard input, one a line'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;token;unblock'= {
            cand --user 'The owner that is this user''s alone: username, email or id'
            cand --owner 'Any owner, by its owner_id'
            cand --name 'By name, with --user or --owner'
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --all 'All tokens, with --user or --owner'
            cand --stdin 'Read the tokens themselves from standard input, one a line'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;token;purge'= {
            cand --older-than 'Only tokens that were over longer ago than this, or before this time'
            cand --batch-size 'Delete and commit so many rows at a time'
            cand --max-rows 'Stop after so many rows'
            cand --max-duration 'Stop after this time'
            cand --pause 'Rest so long between batches'
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --dry-run 'Count what would be deleted, and delete nothing'
            cand --skip-if-busy 'Exit with 0 at once where another run is at work, in place of 10'
            cand -y 'Ask nothing; it never asks, and takes this like every change'
            cand --yes 'Ask nothing; it never asks, and takes this like every change'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;token;help'= {
            cand issue 'Issue a token, and print it once'
            cand list 'List tokens, the newest first'
            cand show 'Show a token'
            cand verify 'Say whether a token would be accepted now, whose it is, and until when'
            cand revoke 'Revoke tokens, for good'
            cand rotate 'Rotate a token: issue a new one of the same owner and name, and let the old one run out'
            cand block 'Block tokens until they are unblocked'
            cand unblock 'Unblock tokens'
            cand purge 'Delete tokens that expired or were revoked, in committed batches'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'iamctl;token;help;issue'= {
        }
        &'iamctl;token;help;list'= {
        }
        &'iamctl;token;help;show'= {
        }
        &'iamctl;token;help;verify'= {
        }
        &'iamctl;token;help;revoke'= {
        }
        &'iamctl;token;help;rotate'= {
        }
        &'iamctl;token;help;block'= {
        }
        &'iamctl;token;help;unblock'= {
        }
        &'iamctl;token;help;purge'= {
        }
        &'iamctl;token;help;help'= {
        }
        &'iamctl;owner'= {
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Create an owner of tokens that one or more users share'
            cand list 'List owners that have users, in the order of their ids'
            cand show 'Show an owner, with its users and how many tokens it has'
            cand add 'Add users to an owner: they share its tokens from now on'
            cand remove 'Remove users from an owner'
            cand delete 'Delete an owner: it loses its users'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'iamctl;owner;create'= {
            cand --user 'A user of the owner: username, email or id; once for each'
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;owner;list'= {
            cand --user 'Only owners of this user, shared ones too: username, email or id'
            cand --after 'Continue after this owner'
            cand --limit 'Print at most so many rows [default: 100 in a table, else all]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --all 'Print all rows, in a table too'
            cand --count 'Print how many rows there are, and none of them'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;owner;show'= {
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;owner;add'= {
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;owner;remove'= {
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --revoke-tokens 'Revoke the owner''s tokens where no user is left'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;owner;delete'= {
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --revoke-tokens 'Revoke the owner''s live tokens'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;owner;help'= {
            cand create 'Create an owner of tokens that one or more users share'
            cand list 'List owners that have users, in the order of their ids'
            cand show 'Show an owner, with its users and how many tokens it has'
            cand add 'Add users to an owner: they share its tokens from now on'
            cand remove 'Remove users from an owner'
            cand delete 'Delete an owner: it loses its users'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'iamctl;owner;help;create'= {
        }
        &'iamctl;owner;help;list'= {
        }
        &'iamctl;owner;help;show'= {
        }
        &'iamctl;owner;help;add'= {
        }
        &'iamctl;owner;help;remove'= {
        }
        &'iamctl;owner;help;delete'= {
        }
        &'iamctl;owner;help;help'= {
        }
        &'iamctl;session'= {
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'List sessions by their ids, the newest first; never the refresh tokens themselves'
            cand revoke 'Revoke sessions: their users have to log in again'
            cand purge 'Delete sessions that are over, in committed batches'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'iamctl;session;list'= {
            cand --user 'Only sessions of this user: username, email or id'
            cand --status 'Only sessions in this state'
            cand --created-after 'Only sessions created at or after this time, or within this duration'
            cand --created-before 'Only sessions created before this time, or longer ago than this duration'
            cand --after 'Continue after this session'
            cand --limit 'Print at most so many rows [default: 100 in a table, else all]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --all 'Print all rows, in a table too'
            cand --count 'Print how many rows there are, and none of them'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;session;revoke'= {
            cand --user 'Whose sessions: username, email or id'
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --all 'All live sessions of --user'
            cand --everyone 'All live sessions of all users'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;session;purge'= {
            cand --older-than 'Only sessions that were over longer ago than this, or before this time'
            cand --batch-size 'Delete and commit so many rows at a time'
            cand --max-rows 'Stop after so many rows'
            cand --max-duration 'Stop after this time'
            cand --pause 'Rest so long between batches'
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --dry-run 'Count what would be deleted, and delete nothing'
            cand --skip-if-busy 'Exit with 0 at once where another run is at work, in place of 10'
            cand -y 'Ask nothing; it never asks, and takes this like every change'
            cand --yes 'Ask nothing; it never asks, and takes this like every change'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;session;help'= {
            cand list 'List sessions by their ids, the newest first; never the refresh tokens themselves'
            cand revoke 'Revoke sessions: their users have to log in again'
            cand purge 'Delete sessions that are over, in committed batches'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'iamctl;session;help;list'= {
        }
        &'iamctl;session;help;revoke'= {
        }
        &'iamctl;session;help;purge'= {
        }
        &'iamctl;session;help;help'= {
        }
        &'iamctl;code'= {
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand issue 'Issue a code for a user, and print it with its form in a link'
            cand list 'List codes by their ids, the newest first; never the codes themselves'
            cand revoke 'Revoke codes: they are removed, and no longer work'
            cand purge 'Delete expired codes, in committed batches'
            cand stats 'Count live and expired codes, a row a table'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'iamctl;code;issue'= {
            cand --user 'Username, email or id'
            cand --expires-in 'Let it live so long: 90s 30m 12h 7d 2w 6mo 1y, or until this time'
            cand --expires-at 'Let it live until this time: 2027-01-31, 2027-01-31T12:00:00Z'
            cand --link-template 'Print this link too, with the code''s URL form in the place of `{code}`'
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --force 'Issue it even if the service would refuse it'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;code;list'= {
            cand --kind 'Only codes of this kind'
            cand --user 'Only codes of this user: username, email or id'
            cand --status 'Only codes in this state'
            cand --after 'Continue after this code'
            cand --limit 'Print at most so many rows [default: 100 in a table, else all]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --all 'Print all rows, in a table too'
            cand --count 'Print how many rows there are, and none of them'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;code;revoke'= {
            cand --user 'Whose codes: username, email or id'
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --all 'All codes of --user, of both kinds'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;code;purge'= {
            cand --kind 'Only codes of this kind'
            cand --older-than 'Only codes that expired longer ago than this, or before this time'
            cand --batch-size 'Delete and commit so many rows at a time'
            cand --max-rows 'Stop after so many rows'
            cand --max-duration 'Stop after this time'
            cand --pause 'Rest so long between batches'
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --dry-run 'Count what would be deleted, and delete nothing'
            cand --skip-if-busy 'Exit with 0 at once where another run is at work, in place of 10'
            cand -y 'Ask nothing; it never asks, and takes this like every change'
            cand --yes 'Ask nothing; it never asks, and takes this like every change'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;code;stats'= {
            cand --max-age 'Exit with 5 if a code expired longer ago than this, or before this time, and is still there'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;code;help'= {
            cand issue 'Issue a code for a user, and print it with its form in a link'
            cand list 'List codes by their ids, the newest first; never the codes themselves'
            cand revoke 'Revoke codes: they are removed, and no longer work'
            cand purge 'Delete expired codes, in committed batches'
            cand stats 'Count live and expired codes, a row a table'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'iamctl;code;help;issue'= {
        }
        &'iamctl;code;help;list'= {
        }
        &'iamctl;code;help;revoke'= {
        }
        &'iamctl;code;help;purge'= {
        }
        &'iamctl;code;help;stats'= {
        }
        &'iamctl;code;help;help'= {
        }
        &'iamctl;audit'= {
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'List who changed what, when and why; the newest first'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'iamctl;audit;list'= {
            cand --action 'Only this action, such as `user.block`, or all of a noun, such as `user`'
            cand --actor 'Only what this system user did, or had done through sudo'
            cand --target 'Only what was done to this: the id of a user, a token, a session, an owner; a code''s user'
            cand --since 'Only what was done since this time, or within this duration'
            cand --until 'Only what was done before this time, or longer ago than this duration'
            cand --after 'Continue after this entry'
            cand --limit 'Print at most so many rows [default: 100 in a table, else all]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --all 'Print all rows, in a table too'
            cand --count 'Print how many rows there are, and none of them'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;audit;help'= {
            cand list 'List who changed what, when and why; the newest first'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'iamctl;audit;help;list'= {
        }
        &'iamctl;audit;help;help'= {
        }
        &'iamctl;db'= {
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand migrate 'Create the tables, or bring them up to date'
            cand status 'List migrations: applied, pending, unknown'
            cand revert 'Take migrations back, the newest first, with the tables they made and all rows in them'
            cand check 'Check columns, constraints, indexes, and rows that the service cannot use'
            cand adopt 'Take over tables that the service''s own scripts created'
            cand grants 'Print the GRANTs that a role needs for one kind of work, and no more'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'iamctl;db;migrate'= {
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --dry-run 'Print the SQL that would run, and run nothing'
            cand -y 'Ask nothing; it never asks, and takes this like every change'
            cand --yes 'Ask nothing; it never asks, and takes this like every change'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;db;status'= {
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;db;revert'= {
            cand --steps 'How many migrations to take back'
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --discard-audit 'Also drop the audit log'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;db;check'= {
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;db;adopt'= {
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --dry-run 'Do the work, show it, and roll it back'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;db;grants'= {
            cand --profile 'What the role is for'
            cand --role 'The role'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;db;help'= {
            cand migrate 'Create the tables, or bring them up to date'
            cand status 'List migrations: applied, pending, unknown'
            cand revert 'Take migrations back, the newest first, with the tables they made and all rows in them'
            cand check 'Check columns, constraints, indexes, and rows that the service cannot use'
            cand adopt 'Take over tables that the service''s own scripts created'
            cand grants 'Print the GRANTs that a role needs for one kind of work, and no more'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'iamctl;db;help;migrate'= {
        }
        &'iamctl;db;help;status'= {
        }
        &'iamctl;db;help;revert'= {
        }
        &'iamctl;db;help;check'= {
        }
        &'iamctl;db;help;adopt'= {
        }
        &'iamctl;db;help;grants'= {
        }
        &'iamctl;db;help;help'= {
        }
        &'iamctl;local'= {
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand start 'Start the private PostgreSQL, creating it if there is none'
            cand stop 'Stop the private PostgreSQL; its data stays'
            cand status 'Show whether the private PostgreSQL runs, and where it is'
            cand url 'Print the URL of the private PostgreSQL, for psql and others on this machine'
            cand destroy 'Stop the private PostgreSQL and remove it, with all its data'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'iamctl;local;start'= {
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;local;stop'= {
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;local;status'= {
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;local;url'= {
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;local;destroy'= {
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --dry-run 'Show what would be removed, and remove nothing'
            cand -y 'Ask nothing'
            cand --yes 'Ask nothing'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;local;help'= {
            cand start 'Start the private PostgreSQL, creating it if there is none'
            cand stop 'Stop the private PostgreSQL; its data stays'
            cand status 'Show whether the private PostgreSQL runs, and where it is'
            cand url 'Print the URL of the private PostgreSQL, for psql and others on this machine'
            cand destroy 'Stop the private PostgreSQL and remove it, with all its data'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'iamctl;local;help;start'= {
        }
        &'iamctl;local;help;stop'= {
        }
        &'iamctl;local;help;status'= {
        }
        &'iamctl;local;help;url'= {
        }
        &'iamctl;local;help;destroy'= {
        }
        &'iamctl;local;help;help'= {
        }
        &'iamctl;purge'= {
            cand --keep-codes 'Keep codes so long after they expired, or those that expired since this time'
            cand --keep-sessions 'Keep sessions so long after they expired or were revoked'
            cand --keep-tokens 'Keep tokens so long after they expired or were revoked'
            cand --metrics-file 'Write what happened to this file in Prometheus'' text format, atomically'
            cand --batch-size 'Delete and commit so many rows at a time'
            cand --max-rows 'Stop after so many rows'
            cand --max-duration 'Stop after this time'
            cand --pause 'Rest so long between batches'
            cand --reason 'Why, for the audit log [env: IAMCTL_REASON]'
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --dry-run 'Count what would be deleted, and delete nothing'
            cand --skip-if-busy 'Exit with 0 at once where another run is at work, in place of 10'
            cand -y 'Ask nothing; it never asks, and takes this like every change'
            cand --yes 'Ask nothing; it never asks, and takes this like every change'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;doctor'= {
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;completions'= {
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;demo'= {
            cand --database-url 'Database to administer: a URL, libpq keywords, or `local:`'
            cand --wait 'Wait so long for the database to accept connections'
            cand --connect-timeout 'Give up connecting to a host after this time [default: 10s]'
            cand --lock-timeout 'Give up waiting for a lock after this time; `0s` waits for ever'
            cand --statement-timeout 'Give up a statement after this time; `0s` never does'
            cand -o 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --output 'How to print results [default: table] [env: IAMCTL_OUTPUT]'
            cand --columns 'Which columns to print, in which order'
            cand --color 'Colour in tables'
            cand --local 'Use the private PostgreSQL that iamctl itself runs'
            cand --no-headers 'Print no header line'
            cand -q 'Drop notices'
            cand --quiet 'Drop notices'
            cand -v 'More notices'
            cand --verbose 'More notices'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'iamctl;help'= {
            cand user 'Accounts: create, look at, block, delete'
            cand token 'API tokens: issue, look at, revoke'
            cand owner 'Owners of API tokens: the users who share them'
            cand session 'Sessions: refresh tokens, by which users stay logged in'
            cand code 'One-time codes: issue, look at, purge'
            cand audit 'The log of every change'
            cand db 'The tables: migrations'
            cand local 'The private PostgreSQL that iamctl itself runs'
            cand purge 'Delete everything that has expired: codes, sessions, tokens; one line for cron'
            cand doctor 'Look whether all is well: connection, server, rights, tables, clock, backlog'
            cand completions 'Print the completion script of a shell'
            cand demo 'Walk through the main job on an empty database'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'iamctl;help;user'= {
            cand create 'Create a user'
            cand show 'Show a user, with counts of live sessions, codes and tokens'
            cand list 'List users, the newest first'
            cand block 'Block users: no login and no refresh until they are unblocked'
            cand unblock 'Unblock users'
            cand delete 'Delete users: mark them deleted, revoke their sessions, remove their codes'
            cand restore 'Restore deleted users; no session comes back'
            cand erase 'Erase users for good: their rows and all that hangs on them'
            cand rename 'Rename a user'
            cand set-email 'Change the email address of a user'
            cand verify-email 'Mark the email addresses of users as verified'
            cand unverify-email 'Take the verification of email addresses away'
            cand offboard 'Offboard a user: block, end every session, revoke or hand over tokens, remove codes'
        }
        &'iamctl;help;user;create'= {
        }
        &'iamctl;help;user;show'= {
        }
        &'iamctl;help;user;list'= {
        }
        &'iamctl;help;user;block'= {
        }
        &'iamctl;help;user;unblock'= {
        }
        &'iamctl;help;user;delete'= {
        }
        &'iamctl;help;user;restore'= {
        }
        &'iamctl;help;user;erase'= {
        }
        &'iamctl;help;user;rename'= {
        }
        &'iamctl;help;user;set-email'= {
        }
        &'iamctl;help;user;verify-email'= {
        }
        &'iamctl;help;user;unverify-email'= {
        }
        &'iamctl;help;user;offboard'= {
        }
        &'iamctl;help;token'= {
            cand issue 'Issue a token, and print it once'
            cand list 'List tokens, the newest first'
            cand show 'Show a token'
            cand verify 'Say whether a token would be accepted now, whose it is, and until when'
            cand revoke 'Revoke tokens, for good'
            cand rotate 'Rotate a token: issue a new one of the same owner and name, and let the old one run out'
            cand block 'Block tokens until they are unblocked'
            cand unblock 'Unblock tokens'
            cand purge 'Delete tokens that expired or were revoked, in committed batches'
        }
        &'iamctl;help;token;issue'= {
        }
        &'iamctl;help;token;list'= {
        }
        &'iamctl;help;token;show'= {
        }
        &'iamctl;help;token;verify'= {
        }
        &'iamctl;help;token;revoke'= {
        }
        &'iamctl;help;token;rotate'= {
        }
        &'iamctl;help;token;block'= {
        }
        &'iamctl;help;token;unblock'= {
        }
        &'iamctl;help;token;purge'= {
        }
        &'iamctl;help;owner'= {
            cand create 'Create an owner of tokens that one or more users share'
            cand list 'List owners that have users, in the order of their ids'
            cand show 'Show an owner, with its users and how many tokens it has'
            cand add 'Add users to an owner: they share its tokens from now on'
            cand remove 'Remove users from an owner'
            cand delete 'Delete an owner: it loses its users'
        }
        &'iamctl;help;owner;create'= {
        }
        &'iamctl;help;owner;list'= {
        }
        &'iamctl;help;owner;show'= {
        }
        &'iamctl;help;owner;add'= {
        }
        &'iamctl;help;owner;remove'= {
        }
        &'iamctl;help;owner;delete'= {
        }
        &'iamctl;help;session'= {
            cand list 'List sessions by their ids, the newest first; never the refresh tokens themselves'
            cand revoke 'Revoke sessions: their users have to log in again'
            cand purge 'Delete sessions that are over, in committed batches'
        }
        &'iamctl;help;session;list'= {
        }
        &'iamctl;help;session;revoke'= {
        }
        &'iamctl;help;session;purge'= {
        }
        &'iamctl;help;code'= {
            cand issue 'Issue a code for a user, and print it with its form in a link'
            cand list 'List codes by their ids, the newest first; never the codes themselves'
            cand revoke 'Revoke codes: they are removed, and no longer work'
            cand purge 'Delete expired codes, in committed batches'
            cand stats 'Count live and expired codes, a row a table'
        }
        &'iamctl;help;code;issue'= {
        }
        &'iamctl;help;code;list'= {
        }
        &'iamctl;help;code;revoke'= {
        }
        &'iamctl;help;code;purge'= {
        }
        &'iamctl;help;code;stats'= {
        }
        &'iamctl;help;audit'= {
            cand list 'List who changed what, when and why; the newest first'
        }
        &'iamctl;help;audit;list'= {
        }
        &'iamctl;help;db'= {
            cand migrate 'Create the tables, or bring them up to date'
            cand status 'List migrations: applied, pending, unknown'
            cand revert 'Take migrations back, the newest first, with the tables they made and all rows in them'
            cand check 'Check columns, constraints, indexes, and rows that the service cannot use'
            cand adopt 'Take over tables that the service''s own scripts created'
            cand grants 'Print the GRANTs that a role needs for one kind of work, and no more'
        }
        &'iamctl;help;db;migrate'= {
        }
        &'iamctl;help;db;status'= {
        }
        &'iamctl;help;db;revert'= {
        }
        &'iamctl;help;db;check'= {
        }
        &'iamctl;help;db;adopt'= {
        }
        &'iamctl;help;db;grants'= {
        }
        &'iamctl;help;local'= {
            cand start 'Start the private PostgreSQL, creating it if there is none'
            cand stop 'Stop the private PostgreSQL; its data stays'
            cand status 'Show whether the private PostgreSQL runs, and where it is'
            cand url 'Print the URL of the private PostgreSQL, for psql and others on this machine'
            cand destroy 'Stop the private PostgreSQL and remove it, with all its data'
        }
        &'iamctl;help;local;start'= {
        }
        &'iamctl;help;local;stop'= {
        }
        &'iamctl;help;local;status'= {
        }
        &'iamctl;help;local;url'= {
        }
        &'iamctl;help;local;destroy'= {
        }
        &'iamctl;help;purge'= {
        }
        &'iamctl;help;doctor'= {
        }
        &'iamctl;help;completions'= {
        }
        &'iamctl;help;demo'= {
        }
        &'iamctl;help;help'= {
        }
    ]
    $completions[$command]
}

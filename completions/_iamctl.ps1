
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'iamctl' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'iamctl'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'iamctl' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('user', 'user', [CompletionResultType]::ParameterValue, 'Accounts: create, look at, change, block, delete, erase')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'API tokens: issue, look at, verify, rotate, revoke')
            [CompletionResult]::new('owner', 'owner', [CompletionResultType]::ParameterValue, 'Owners of API tokens: the users who share them')
            [CompletionResult]::new('session', 'session', [CompletionResultType]::ParameterValue, 'Sessions: refresh tokens, by which users stay logged in')
            [CompletionResult]::new('code', 'code', [CompletionResultType]::ParameterValue, 'One-time codes: issue, look at, revoke, purge')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'The log of every change')
            [CompletionResult]::new('db', 'db', [CompletionResultType]::ParameterValue, 'The tables: migrations, checks, rights, taking over')
            [CompletionResult]::new('local', 'local', [CompletionResultType]::ParameterValue, 'The private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('purge', 'purge', [CompletionResultType]::ParameterValue, 'Delete everything that has expired: codes, sessions, tokens; one line for cron')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Check connection, server, rights, tables, clock and backlog')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page of a command')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Walk through the main job on an empty database')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'iamctl;user' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a user')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a user, with counts of live sessions, codes and tokens')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List users, the newest first')
            [CompletionResult]::new('block', 'block', [CompletionResultType]::ParameterValue, 'Block users: no login and no refresh until they are unblocked')
            [CompletionResult]::new('unblock', 'unblock', [CompletionResultType]::ParameterValue, 'Unblock users')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete users: mark them deleted, revoke their sessions, remove their codes')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Restore deleted users; no session comes back')
            [CompletionResult]::new('erase', 'erase', [CompletionResultType]::ParameterValue, 'Erase users for good: their rows and all that hangs on them')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Rename a user')
            [CompletionResult]::new('set-email', 'set-email', [CompletionResultType]::ParameterValue, 'Change the email address of a user')
            [CompletionResult]::new('verify-email', 'verify-email', [CompletionResultType]::ParameterValue, 'Mark the email addresses of users as verified')
            [CompletionResult]::new('unverify-email', 'unverify-email', [CompletionResultType]::ParameterValue, 'Take the verification of email addresses away')
            [CompletionResult]::new('offboard', 'offboard', [CompletionResultType]::ParameterValue, 'Offboard users: block them, end every session, revoke or hand over tokens, remove codes')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Import users from a CSV or JSONL file: all of them, or none')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Export users as CSV or JSONL, which `user import --as-is` reads back')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'iamctl;user;create' {
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'Email address, stored in lower case; asked for on a terminal')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'Id of the new user [default: a random UUID]')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--verified', '--verified', [CompletionResultType]::ParameterName, 'The email address is known to be the user''s')
            [CompletionResult]::new('--if-not-exists', '--if-not-exists', [CompletionResultType]::ParameterName, 'Succeed without a change where this username and email exist already, and are not deleted')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;user;show' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;user;list' {
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Only users in this state [default: all but the deleted]')
            [CompletionResult]::new('--created-after', '--created-after', [CompletionResultType]::ParameterName, 'Only users created at or after this time, or within this duration: 2026-01-31, 7d')
            [CompletionResult]::new('--created-before', '--created-before', [CompletionResultType]::ParameterName, 'Only users created before this time, or longer ago than this duration')
            [CompletionResult]::new('--email-domain', '--email-domain', [CompletionResultType]::ParameterName, 'Only users whose email address is at this domain')
            [CompletionResult]::new('--search', '--search', [CompletionResultType]::ParameterName, 'Only users with this text in their username or email, in any case')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Order of the list: newest first, or A to Z')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Continue after this user')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Print at most so many rows [default: 100 in a table, else all]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--reverse', '--reverse', [CompletionResultType]::ParameterName, 'Turn the order around')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Print all rows, in a table too')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Print how many rows there are, and none of them')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;user;block' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--revoke-sessions', '--revoke-sessions', [CompletionResultType]::ParameterName, 'Revoke their sessions, too, and remove the authorization codes of a refresh under way')
            [CompletionResult]::new('--revoke-tokens', '--revoke-tokens', [CompletionResultType]::ParameterName, 'Revoke their API tokens, too: those of owners with no other user who may go on using them')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;user;unblock' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;user;delete' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;user;restore' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;user;erase' {
            [CompletionResult]::new('--deleted-for', '--deleted-for', [CompletionResultType]::ParameterName, 'All users who were deleted longer ago than this, or before this time; for cron, with --yes')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Also users who are not deleted')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;user;rename' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;user;set-email' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--verified', '--verified', [CompletionResultType]::ParameterName, 'The new address is known to be the user''s')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;user;verify-email' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;user;unverify-email' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;user;offboard' {
            [CompletionResult]::new('--hand-over-to', '--hand-over-to', [CompletionResultType]::ParameterName, 'Hand their tokens over to this user, in place of revoking them; without --rotate-into, the secrets stay the same')
            [CompletionResult]::new('--rotate-into', '--rotate-into', [CompletionResultType]::ParameterName, 'Give each token that is handed over a new secret, in a new file in this directory')
            [CompletionResult]::new('--overlap', '--overlap', [CompletionResultType]::ParameterName, 'How long the old secrets go on working, or until when [default: 0s]')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;user;import' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'What the file holds [default: what its name ends in]')
            [CompletionResult]::new('--on-conflict', '--on-conflict', [CompletionResultType]::ParameterName, 'What to do where an id, a username or an email is taken')
            [CompletionResult]::new('--errors', '--errors', [CompletionResultType]::ParameterName, 'Write unusable rows to this file (line, column, reason), and look at all before failing')
            [CompletionResult]::new('--max-errors', '--max-errors', [CompletionResultType]::ParameterName, 'Look no further after so many unusable rows')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--as-is', '--as-is', [CompletionResultType]::ParameterName, 'Take names and times that other programs made, within the limits of the columns; a notice says which rows the service cannot use')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;user;export' {
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Only users in this state [default: all but the deleted]')
            [CompletionResult]::new('--created-after', '--created-after', [CompletionResultType]::ParameterName, 'Only users created at or after this time, or within this duration: 2026-01-31, 7d')
            [CompletionResult]::new('--created-before', '--created-before', [CompletionResultType]::ParameterName, 'Only users created before this time, or longer ago than this duration')
            [CompletionResult]::new('--email-domain', '--email-domain', [CompletionResultType]::ParameterName, 'Only users whose email address is at this domain')
            [CompletionResult]::new('--search', '--search', [CompletionResultType]::ParameterName, 'Only users with this text in their username or email, in any case')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;user;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a user')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a user, with counts of live sessions, codes and tokens')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List users, the newest first')
            [CompletionResult]::new('block', 'block', [CompletionResultType]::ParameterValue, 'Block users: no login and no refresh until they are unblocked')
            [CompletionResult]::new('unblock', 'unblock', [CompletionResultType]::ParameterValue, 'Unblock users')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete users: mark them deleted, revoke their sessions, remove their codes')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Restore deleted users; no session comes back')
            [CompletionResult]::new('erase', 'erase', [CompletionResultType]::ParameterValue, 'Erase users for good: their rows and all that hangs on them')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Rename a user')
            [CompletionResult]::new('set-email', 'set-email', [CompletionResultType]::ParameterValue, 'Change the email address of a user')
            [CompletionResult]::new('verify-email', 'verify-email', [CompletionResultType]::ParameterValue, 'Mark the email addresses of users as verified')
            [CompletionResult]::new('unverify-email', 'unverify-email', [CompletionResultType]::ParameterValue, 'Take the verification of email addresses away')
            [CompletionResult]::new('offboard', 'offboard', [CompletionResultType]::ParameterValue, 'Offboard users: block them, end every session, revoke or hand over tokens, remove codes')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Import users from a CSV or JSONL file: all of them, or none')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Export users as CSV or JSONL, which `user import --as-is` reads back')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'iamctl;user;help;create' {
            break
        }
        'iamctl;user;help;show' {
            break
        }
        'iamctl;user;help;list' {
            break
        }
        'iamctl;user;help;block' {
            break
        }
        'iamctl;user;help;unblock' {
            break
        }
        'iamctl;user;help;delete' {
            break
        }
        'iamctl;user;help;restore' {
            break
        }
        'iamctl;user;help;erase' {
            break
        }
        'iamctl;user;help;rename' {
            break
        }
        'iamctl;user;help;set-email' {
            break
        }
        'iamctl;user;help;verify-email' {
            break
        }
        'iamctl;user;help;unverify-email' {
            break
        }
        'iamctl;user;help;offboard' {
            break
        }
        'iamctl;user;help;import' {
            break
        }
        'iamctl;user;help;export' {
            break
        }
        'iamctl;user;help;help' {
            break
        }
        'iamctl;token' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('issue', 'issue', [CompletionResultType]::ParameterValue, 'Issue a token, and print it once')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List tokens, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a token')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Say whether a token would be accepted now, whose it is, and until when')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Revoke tokens, for good')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Rotate a token: issue a new one of the same owner and name, and let the old one run out')
            [CompletionResult]::new('block', 'block', [CompletionResultType]::ParameterValue, 'Block tokens until they are unblocked')
            [CompletionResult]::new('unblock', 'unblock', [CompletionResultType]::ParameterValue, 'Unblock tokens')
            [CompletionResult]::new('purge', 'purge', [CompletionResultType]::ParameterValue, 'Delete tokens that expired or were revoked, in committed batches')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'iamctl;token;issue' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The owner that is this user''s alone: username, email or id')
            [CompletionResult]::new('--owner', '--owner', [CompletionResultType]::ParameterName, 'Any owner, by its owner_id')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Name that tells the owner''s tokens apart')
            [CompletionResult]::new('--expires-in', '--expires-in', [CompletionResultType]::ParameterName, 'How long it is valid: 90s 30m 12h 7d 2w 6mo 1y, or until when')
            [CompletionResult]::new('--expires-at', '--expires-at', [CompletionResultType]::ParameterName, 'Until when it is valid: 2027-01-31, 2027-01-31T12:00:00Z')
            [CompletionResult]::new('--write-to', '--write-to', [CompletionResultType]::ParameterName, 'Write the token to this new file of mode 0600, and not to standard output')
            [CompletionResult]::new('--token-scheme', '--token-scheme', [CompletionResultType]::ParameterName, 'How the service looks tokens up [default: digest] [env: IAMCTL_TOKEN_SCHEME]')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--if-not-exists', '--if-not-exists', [CompletionResultType]::ParameterName, 'Succeed without a change, and without a token, where a live token of that name exists')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Issue it even if no user of the owner may log in')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;token;list' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The owner that is this user''s alone: username, email or id')
            [CompletionResult]::new('--owner', '--owner', [CompletionResultType]::ParameterName, 'Any owner, by its owner_id')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Only tokens in this state')
            [CompletionResult]::new('--expiring-within', '--expiring-within', [CompletionResultType]::ParameterName, 'Only live tokens that expire within this duration, or before this time')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Continue after this token')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Print at most so many rows [default: 100 in a table, else all]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--orphaned', '--orphaned', [CompletionResultType]::ParameterName, 'Only tokens of owners that have no users left')
            [CompletionResult]::new('--fail-if-any', '--fail-if-any', [CompletionResultType]::ParameterName, 'Exit with 5 if there is any, for alerting')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Print all rows, in a table too')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Print how many rows there are, and none of them')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;token;show' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The owner that is this user''s alone: username, email or id')
            [CompletionResult]::new('--owner', '--owner', [CompletionResultType]::ParameterName, 'Any owner, by its owner_id')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Name of the token, with --user or --owner; the newest live one of that name')
            [CompletionResult]::new('--token-scheme', '--token-scheme', [CompletionResultType]::ParameterName, 'Take a token by value only if it is of this scheme [default: both]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--stdin', '--stdin', [CompletionResultType]::ParameterName, 'Read the token itself from standard input; on a terminal it is asked for, unseen')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;token;verify' {
            [CompletionResult]::new('--token-scheme', '--token-scheme', [CompletionResultType]::ParameterName, 'Take a token by value only if it is of this scheme [default: both]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;token;revoke' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The owner that is this user''s alone: username, email or id')
            [CompletionResult]::new('--owner', '--owner', [CompletionResultType]::ParameterName, 'Any owner, by its owner_id')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'By name, with --user or --owner')
            [CompletionResult]::new('--token-scheme', '--token-scheme', [CompletionResultType]::ParameterName, 'Take a token by value only if it is of this scheme [default: both]')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'All tokens, with --user or --owner')
            [CompletionResult]::new('--stdin', '--stdin', [CompletionResultType]::ParameterName, 'Read the tokens themselves from standard input, one a line')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;token;rotate' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The owner that is this user''s alone: username, email or id')
            [CompletionResult]::new('--owner', '--owner', [CompletionResultType]::ParameterName, 'Any owner, by its owner_id')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Name of the token, with --user or --owner; the newest live one of that name')
            [CompletionResult]::new('--overlap', '--overlap', [CompletionResultType]::ParameterName, 'How long the old token goes on working, or until when; `0s` ends it now')
            [CompletionResult]::new('--expires-in', '--expires-in', [CompletionResultType]::ParameterName, 'How long it is valid: 90s 30m 12h 7d 2w 6mo 1y, or until when')
            [CompletionResult]::new('--expires-at', '--expires-at', [CompletionResultType]::ParameterName, 'Until when it is valid: 2027-01-31, 2027-01-31T12:00:00Z')
            [CompletionResult]::new('--write-to', '--write-to', [CompletionResultType]::ParameterName, 'Write the token to this new file of mode 0600, and not to standard output')
            [CompletionResult]::new('--token-scheme', '--token-scheme', [CompletionResultType]::ParameterName, 'How the service looks tokens up [default: digest] [env: IAMCTL_TOKEN_SCHEME]')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--stdin', '--stdin', [CompletionResultType]::ParameterName, 'Read the token itself from standard input; on a terminal it is asked for, unseen')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Rotate it even if no user of the owner may log in')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;token;block' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The owner that is this user''s alone: username, email or id')
            [CompletionResult]::new('--owner', '--owner', [CompletionResultType]::ParameterName, 'Any owner, by its owner_id')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'By name, with --user or --owner')
            [CompletionResult]::new('--token-scheme', '--token-scheme', [CompletionResultType]::ParameterName, 'Take a token by value only if it is of this scheme [default: both]')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'All tokens, with --user or --owner')
            [CompletionResult]::new('--stdin', '--stdin', [CompletionResultType]::ParameterName, 'Read the tokens themselves from standard input, one a line')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;token;unblock' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The owner that is this user''s alone: username, email or id')
            [CompletionResult]::new('--owner', '--owner', [CompletionResultType]::ParameterName, 'Any owner, by its owner_id')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'By name, with --user or --owner')
            [CompletionResult]::new('--token-scheme', '--token-scheme', [CompletionResultType]::ParameterName, 'Take a token by value only if it is of this scheme [default: both]')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'All tokens, with --user or --owner')
            [CompletionResult]::new('--stdin', '--stdin', [CompletionResultType]::ParameterName, 'Read the tokens themselves from standard input, one a line')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;token;purge' {
            [CompletionResult]::new('--older-than', '--older-than', [CompletionResultType]::ParameterName, 'Only tokens that were over longer ago than this, or before this time')
            [CompletionResult]::new('--batch-size', '--batch-size', [CompletionResultType]::ParameterName, 'Delete and commit so many rows at a time, or fewer')
            [CompletionResult]::new('--target-batch-time', '--target-batch-time', [CompletionResultType]::ParameterName, 'Make batches shorter where one takes longer than this')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Delete over so many connections at once')
            [CompletionResult]::new('--max-lag', '--max-lag', [CompletionResultType]::ParameterName, 'Wait while a standby is further behind than this')
            [CompletionResult]::new('--max-rows', '--max-rows', [CompletionResultType]::ParameterName, 'Stop after so many rows')
            [CompletionResult]::new('--max-duration', '--max-duration', [CompletionResultType]::ParameterName, 'Stop after this time')
            [CompletionResult]::new('--pause', '--pause', [CompletionResultType]::ParameterName, 'Pause between two batches')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Count what would be deleted, and delete nothing')
            [CompletionResult]::new('--skip-if-busy', '--skip-if-busy', [CompletionResultType]::ParameterName, 'Exit with 0 at once where another run is at work, in place of 10')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing; it never asks, and takes this like every change')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing; it never asks, and takes this like every change')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;token;help' {
            [CompletionResult]::new('issue', 'issue', [CompletionResultType]::ParameterValue, 'Issue a token, and print it once')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List tokens, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a token')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Say whether a token would be accepted now, whose it is, and until when')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Revoke tokens, for good')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Rotate a token: issue a new one of the same owner and name, and let the old one run out')
            [CompletionResult]::new('block', 'block', [CompletionResultType]::ParameterValue, 'Block tokens until they are unblocked')
            [CompletionResult]::new('unblock', 'unblock', [CompletionResultType]::ParameterValue, 'Unblock tokens')
            [CompletionResult]::new('purge', 'purge', [CompletionResultType]::ParameterValue, 'Delete tokens that expired or were revoked, in committed batches')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'iamctl;token;help;issue' {
            break
        }
        'iamctl;token;help;list' {
            break
        }
        'iamctl;token;help;show' {
            break
        }
        'iamctl;token;help;verify' {
            break
        }
        'iamctl;token;help;revoke' {
            break
        }
        'iamctl;token;help;rotate' {
            break
        }
        'iamctl;token;help;block' {
            break
        }
        'iamctl;token;help;unblock' {
            break
        }
        'iamctl;token;help;purge' {
            break
        }
        'iamctl;token;help;help' {
            break
        }
        'iamctl;owner' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create an owner of tokens that one or more users share')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List owners that have users, in the order of their ids')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an owner, with its users and how many tokens it has')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add users to an owner: they share its tokens from now on')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove users from an owner')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete an owner: it loses its users')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'iamctl;owner;create' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'A user of the owner: username, email or id; once for each')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;owner;list' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Only owners of this user, shared ones too: username, email or id')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Continue after this owner')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Print at most so many rows [default: 100 in a table, else all]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Print all rows, in a table too')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Print how many rows there are, and none of them')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;owner;show' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;owner;add' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;owner;remove' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--revoke-tokens', '--revoke-tokens', [CompletionResultType]::ParameterName, 'Revoke the owner''s tokens where no user is left')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;owner;delete' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--revoke-tokens', '--revoke-tokens', [CompletionResultType]::ParameterName, 'Revoke the owner''s live tokens')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;owner;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create an owner of tokens that one or more users share')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List owners that have users, in the order of their ids')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an owner, with its users and how many tokens it has')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add users to an owner: they share its tokens from now on')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove users from an owner')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete an owner: it loses its users')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'iamctl;owner;help;create' {
            break
        }
        'iamctl;owner;help;list' {
            break
        }
        'iamctl;owner;help;show' {
            break
        }
        'iamctl;owner;help;add' {
            break
        }
        'iamctl;owner;help;remove' {
            break
        }
        'iamctl;owner;help;delete' {
            break
        }
        'iamctl;owner;help;help' {
            break
        }
        'iamctl;session' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List sessions by their ids, the newest first; never the refresh tokens themselves')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Revoke sessions: their users have to log in again')
            [CompletionResult]::new('purge', 'purge', [CompletionResultType]::ParameterValue, 'Delete sessions that are over, in committed batches')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'iamctl;session;list' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Only sessions of this user: username, email or id')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Only sessions in this state')
            [CompletionResult]::new('--created-after', '--created-after', [CompletionResultType]::ParameterName, 'Only sessions created at or after this time, or within this duration')
            [CompletionResult]::new('--created-before', '--created-before', [CompletionResultType]::ParameterName, 'Only sessions created before this time, or longer ago than this duration')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Continue after this session')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Print at most so many rows [default: 100 in a table, else all]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Print all rows, in a table too')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Print how many rows there are, and none of them')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;session;revoke' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Whose sessions: username, email or id')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'All live sessions of --user')
            [CompletionResult]::new('--everyone', '--everyone', [CompletionResultType]::ParameterName, 'All live sessions of all users')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;session;purge' {
            [CompletionResult]::new('--older-than', '--older-than', [CompletionResultType]::ParameterName, 'Only sessions that were over longer ago than this, or before this time')
            [CompletionResult]::new('--batch-size', '--batch-size', [CompletionResultType]::ParameterName, 'Delete and commit so many rows at a time, or fewer')
            [CompletionResult]::new('--target-batch-time', '--target-batch-time', [CompletionResultType]::ParameterName, 'Make batches shorter where one takes longer than this')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Delete over so many connections at once')
            [CompletionResult]::new('--max-lag', '--max-lag', [CompletionResultType]::ParameterName, 'Wait while a standby is further behind than this')
            [CompletionResult]::new('--max-rows', '--max-rows', [CompletionResultType]::ParameterName, 'Stop after so many rows')
            [CompletionResult]::new('--max-duration', '--max-duration', [CompletionResultType]::ParameterName, 'Stop after this time')
            [CompletionResult]::new('--pause', '--pause', [CompletionResultType]::ParameterName, 'Pause between two batches')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Count what would be deleted, and delete nothing')
            [CompletionResult]::new('--skip-if-busy', '--skip-if-busy', [CompletionResultType]::ParameterName, 'Exit with 0 at once where another run is at work, in place of 10')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing; it never asks, and takes this like every change')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing; it never asks, and takes this like every change')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;session;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List sessions by their ids, the newest first; never the refresh tokens themselves')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Revoke sessions: their users have to log in again')
            [CompletionResult]::new('purge', 'purge', [CompletionResultType]::ParameterValue, 'Delete sessions that are over, in committed batches')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'iamctl;session;help;list' {
            break
        }
        'iamctl;session;help;revoke' {
            break
        }
        'iamctl;session;help;purge' {
            break
        }
        'iamctl;session;help;help' {
            break
        }
        'iamctl;code' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('issue', 'issue', [CompletionResultType]::ParameterValue, 'Issue a code for a user, and print it with its form in a link')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List codes by their ids, the newest first; never the codes themselves')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Revoke codes: they are removed, and no longer work')
            [CompletionResult]::new('purge', 'purge', [CompletionResultType]::ParameterValue, 'Delete expired codes, in committed batches')
            [CompletionResult]::new('stats', 'stats', [CompletionResultType]::ParameterValue, 'Count live and expired codes, a row a table')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'iamctl;code;issue' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Username, email or id')
            [CompletionResult]::new('--expires-in', '--expires-in', [CompletionResultType]::ParameterName, 'How long it is valid: 90s 30m 12h 7d 2w 6mo 1y, or until when')
            [CompletionResult]::new('--expires-at', '--expires-at', [CompletionResultType]::ParameterName, 'Until when it is valid: 2027-01-31, 2027-01-31T12:00:00Z')
            [CompletionResult]::new('--link-template', '--link-template', [CompletionResultType]::ParameterName, 'Print this link too, with the code''s URL form in the place of `{code}`')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Issue it even if the service would refuse it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;code;list' {
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'Only codes of this kind')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Only codes of this user: username, email or id')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Only codes in this state')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Continue after this code')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Print at most so many rows [default: 100 in a table, else all]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Print all rows, in a table too')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Print how many rows there are, and none of them')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;code;revoke' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Whose codes: username, email or id')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'All codes of --user, of both kinds')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;code;purge' {
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'Only codes of this kind')
            [CompletionResult]::new('--older-than', '--older-than', [CompletionResultType]::ParameterName, 'Only codes that expired longer ago than this, or before this time')
            [CompletionResult]::new('--batch-size', '--batch-size', [CompletionResultType]::ParameterName, 'Delete and commit so many rows at a time, or fewer')
            [CompletionResult]::new('--target-batch-time', '--target-batch-time', [CompletionResultType]::ParameterName, 'Make batches shorter where one takes longer than this')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Delete over so many connections at once')
            [CompletionResult]::new('--max-lag', '--max-lag', [CompletionResultType]::ParameterName, 'Wait while a standby is further behind than this')
            [CompletionResult]::new('--max-rows', '--max-rows', [CompletionResultType]::ParameterName, 'Stop after so many rows')
            [CompletionResult]::new('--max-duration', '--max-duration', [CompletionResultType]::ParameterName, 'Stop after this time')
            [CompletionResult]::new('--pause', '--pause', [CompletionResultType]::ParameterName, 'Pause between two batches')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Count what would be deleted, and delete nothing')
            [CompletionResult]::new('--skip-if-busy', '--skip-if-busy', [CompletionResultType]::ParameterName, 'Exit with 0 at once where another run is at work, in place of 10')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing; it never asks, and takes this like every change')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing; it never asks, and takes this like every change')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;code;stats' {
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'Exit with 5 if a code expired longer ago than this, or before this time, and is still there')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;code;help' {
            [CompletionResult]::new('issue', 'issue', [CompletionResultType]::ParameterValue, 'Issue a code for a user, and print it with its form in a link')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List codes by their ids, the newest first; never the codes themselves')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Revoke codes: they are removed, and no longer work')
            [CompletionResult]::new('purge', 'purge', [CompletionResultType]::ParameterValue, 'Delete expired codes, in committed batches')
            [CompletionResult]::new('stats', 'stats', [CompletionResultType]::ParameterValue, 'Count live and expired codes, a row a table')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'iamctl;code;help;issue' {
            break
        }
        'iamctl;code;help;list' {
            break
        }
        'iamctl;code;help;revoke' {
            break
        }
        'iamctl;code;help;purge' {
            break
        }
        'iamctl;code;help;stats' {
            break
        }
        'iamctl;code;help;help' {
            break
        }
        'iamctl;audit' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List who changed what, when and why; the newest first')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'iamctl;audit;list' {
            [CompletionResult]::new('--action', '--action', [CompletionResultType]::ParameterName, 'Only this action, such as `user.block`, or all of a noun, such as `user`')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Only what this system user did, or had done through sudo')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'Only what was done to this: the id of a user, a token, a session, an owner; a code''s user')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only what was done since this time, or within this duration')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Only what was done before this time, or longer ago than this duration')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Continue after this entry')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Print at most so many rows [default: 100 in a table, else all]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Print all rows, in a table too')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Print how many rows there are, and none of them')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;audit;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List who changed what, when and why; the newest first')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'iamctl;audit;help;list' {
            break
        }
        'iamctl;audit;help;help' {
            break
        }
        'iamctl;db' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Create the tables, or bring them up to date')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'List migrations: applied, pending, unknown')
            [CompletionResult]::new('revert', 'revert', [CompletionResultType]::ParameterValue, 'Take migrations back, the newest first, with the tables they made and all rows in them')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check columns, constraints, indexes, and rows that the service cannot use')
            [CompletionResult]::new('adopt', 'adopt', [CompletionResultType]::ParameterValue, 'Take over tables that the service''s own scripts created')
            [CompletionResult]::new('grants', 'grants', [CompletionResultType]::ParameterValue, 'Print the GRANTs that a role needs for one kind of work, and no more')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'iamctl;db;migrate' {
            [CompletionResult]::new('--schema', '--schema', [CompletionResultType]::ParameterName, 'Create the tables in this schema, even if another has some; the search path must begin with it')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Print the SQL that would run, and run nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing; it never asks, and takes this like every change')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing; it never asks, and takes this like every change')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;db;status' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;db;revert' {
            [CompletionResult]::new('--steps', '--steps', [CompletionResultType]::ParameterName, 'How many migrations to take back')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--discard-audit', '--discard-audit', [CompletionResultType]::ParameterName, 'Also drop the audit log')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;db;check' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;db;adopt' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do the work, show it, and roll it back')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;db;grants' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'What the role is for')
            [CompletionResult]::new('--role', '--role', [CompletionResultType]::ParameterName, 'The role')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;db;help' {
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Create the tables, or bring them up to date')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'List migrations: applied, pending, unknown')
            [CompletionResult]::new('revert', 'revert', [CompletionResultType]::ParameterValue, 'Take migrations back, the newest first, with the tables they made and all rows in them')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check columns, constraints, indexes, and rows that the service cannot use')
            [CompletionResult]::new('adopt', 'adopt', [CompletionResultType]::ParameterValue, 'Take over tables that the service''s own scripts created')
            [CompletionResult]::new('grants', 'grants', [CompletionResultType]::ParameterValue, 'Print the GRANTs that a role needs for one kind of work, and no more')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'iamctl;db;help;migrate' {
            break
        }
        'iamctl;db;help;status' {
            break
        }
        'iamctl;db;help;revert' {
            break
        }
        'iamctl;db;help;check' {
            break
        }
        'iamctl;db;help;adopt' {
            break
        }
        'iamctl;db;help;grants' {
            break
        }
        'iamctl;db;help;help' {
            break
        }
        'iamctl;local' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Start the private PostgreSQL, creating it if there is none')
            [CompletionResult]::new('stop', 'stop', [CompletionResultType]::ParameterValue, 'Stop the private PostgreSQL; its data stays')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show whether the private PostgreSQL runs, and where it is')
            [CompletionResult]::new('url', 'url', [CompletionResultType]::ParameterValue, 'Print the URL of the private PostgreSQL, for psql and others on this machine')
            [CompletionResult]::new('destroy', 'destroy', [CompletionResultType]::ParameterValue, 'Stop the private PostgreSQL and remove it, with all its data')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'iamctl;local;start' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;local;stop' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;local;status' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;local;url' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;local;destroy' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be removed, and remove nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;local;help' {
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Start the private PostgreSQL, creating it if there is none')
            [CompletionResult]::new('stop', 'stop', [CompletionResultType]::ParameterValue, 'Stop the private PostgreSQL; its data stays')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show whether the private PostgreSQL runs, and where it is')
            [CompletionResult]::new('url', 'url', [CompletionResultType]::ParameterValue, 'Print the URL of the private PostgreSQL, for psql and others on this machine')
            [CompletionResult]::new('destroy', 'destroy', [CompletionResultType]::ParameterValue, 'Stop the private PostgreSQL and remove it, with all its data')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'iamctl;local;help;start' {
            break
        }
        'iamctl;local;help;stop' {
            break
        }
        'iamctl;local;help;status' {
            break
        }
        'iamctl;local;help;url' {
            break
        }
        'iamctl;local;help;destroy' {
            break
        }
        'iamctl;local;help;help' {
            break
        }
        'iamctl;purge' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--keep-codes', '--keep-codes', [CompletionResultType]::ParameterName, 'How long to keep expired codes, or since when they may have expired')
            [CompletionResult]::new('--keep-sessions', '--keep-sessions', [CompletionResultType]::ParameterName, 'How long to keep sessions that expired or were revoked')
            [CompletionResult]::new('--keep-tokens', '--keep-tokens', [CompletionResultType]::ParameterName, 'How long to keep tokens that expired or were revoked')
            [CompletionResult]::new('--metrics-file', '--metrics-file', [CompletionResultType]::ParameterName, 'Write what happened to this file in Prometheus'' text format, atomically')
            [CompletionResult]::new('--batch-size', '--batch-size', [CompletionResultType]::ParameterName, 'Delete and commit so many rows at a time, or fewer')
            [CompletionResult]::new('--target-batch-time', '--target-batch-time', [CompletionResultType]::ParameterName, 'Make batches shorter where one takes longer than this')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Delete over so many connections at once')
            [CompletionResult]::new('--max-lag', '--max-lag', [CompletionResultType]::ParameterName, 'Wait while a standby is further behind than this')
            [CompletionResult]::new('--max-rows', '--max-rows', [CompletionResultType]::ParameterName, 'Stop after so many rows')
            [CompletionResult]::new('--max-duration', '--max-duration', [CompletionResultType]::ParameterName, 'Stop after this time')
            [CompletionResult]::new('--pause', '--pause', [CompletionResultType]::ParameterName, 'Pause between two batches')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit log [env: IAMCTL_REASON]')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Count what would be deleted, and delete nothing')
            [CompletionResult]::new('--skip-if-busy', '--skip-if-busy', [CompletionResultType]::ParameterName, 'Exit with 0 at once where another run is at work, in place of 10')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Ask nothing; it never asks, and takes this like every change')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing; it never asks, and takes this like every change')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;doctor' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;completions' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;man' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Write the pages of all commands into this directory')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;demo' {
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Database to administer: a URL, libpq keywords, or `local:`')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the database to accept connections')
            [CompletionResult]::new('--connect-timeout', '--connect-timeout', [CompletionResultType]::ParameterName, 'Give up connecting to a host after this time [default: 10s]')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Give up waiting for a lock after this time; `0s` waits for ever')
            [CompletionResult]::new('--statement-timeout', '--statement-timeout', [CompletionResultType]::ParameterName, 'Give up a statement after this time; `0s` never does')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results [default: table] [env: IAMCTL_OUTPUT]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Which columns to print, in which order')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables')
            [CompletionResult]::new('--local', '--local', [CompletionResultType]::ParameterName, 'Use the private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('--no-headers', '--no-headers', [CompletionResultType]::ParameterName, 'Print no header line')
            [CompletionResult]::new('--csv-safe', '--csv-safe', [CompletionResultType]::ParameterName, 'Write `''` before CSV cells that a spreadsheet would run: for reading, not for import')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Suppress notices')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show more notices')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'iamctl;help' {
            [CompletionResult]::new('user', 'user', [CompletionResultType]::ParameterValue, 'Accounts: create, look at, change, block, delete, erase')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'API tokens: issue, look at, verify, rotate, revoke')
            [CompletionResult]::new('owner', 'owner', [CompletionResultType]::ParameterValue, 'Owners of API tokens: the users who share them')
            [CompletionResult]::new('session', 'session', [CompletionResultType]::ParameterValue, 'Sessions: refresh tokens, by which users stay logged in')
            [CompletionResult]::new('code', 'code', [CompletionResultType]::ParameterValue, 'One-time codes: issue, look at, revoke, purge')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'The log of every change')
            [CompletionResult]::new('db', 'db', [CompletionResultType]::ParameterValue, 'The tables: migrations, checks, rights, taking over')
            [CompletionResult]::new('local', 'local', [CompletionResultType]::ParameterValue, 'The private PostgreSQL that iamctl itself runs')
            [CompletionResult]::new('purge', 'purge', [CompletionResultType]::ParameterValue, 'Delete everything that has expired: codes, sessions, tokens')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Check connection, server, rights, tables, clock and backlog')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page of a command')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Walk through the main job on an empty database')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'iamctl;help;user' {
            break
        }
        'iamctl;help;token' {
            break
        }
        'iamctl;help;owner' {
            break
        }
        'iamctl;help;session' {
            break
        }
        'iamctl;help;code' {
            break
        }
        'iamctl;help;audit' {
            break
        }
        'iamctl;help;db' {
            break
        }
        'iamctl;help;local' {
            break
        }
        'iamctl;help;purge' {
            break
        }
        'iamctl;help;doctor' {
            break
        }
        'iamctl;help;completions' {
            break
        }
        'iamctl;help;man' {
            break
        }
        'iamctl;help;demo' {
            break
        }
        'iamctl;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}

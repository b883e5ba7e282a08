# fish completion for iamctl, as `iamctl completions fish` prints it.
#
# It passes the words up to the cursor. The first line of the answer says what follows: values with their help,
# or files, which fish knows by itself.

function __iamctl_complete
    set -l words (commandline --current-process --tokenize --cut-at-cursor)
    set -l current (commandline --current-token --cut-at-cursor)
    set -l program $words[1]
    command --query -- $program; or set program iamctl
    set -l answer (IAMCTL_COMPLETE=fish command $program -- $words[2..] "$current" 2>/dev/null)
    switch "$answer[1]"
        case values
            string join -- \n $answer[2..]
        case files
            # As after a command that fish does not know. `--option=` stays in front of each file.
            set -l option (string match --regex -- '^--[^=]*=' "$current")
            set -l start (string replace --regex -- '^--[^=]*=' '' "$current")
            set -l files (complete --do-complete="'' $start")
            string join -- \n "$option"$files
    end
end

complete --command iamctl --no-files --keep-order --arguments '(__iamctl_complete)'

# bash completion for iamctl, as `iamctl completions bash` prints it.
#
# It passes the line up to the cursor, and the part of it that readline is going to replace. The first line of
# the answer says what follows: values, or files, which readline knows by itself.

_iamctl() {
    local program=$1 answer line kind=''
    # Such as `~/bin/iamctl`, which is not replaced by its path here.
    type -P -- "$program" >/dev/null || program=iamctl
    COMPREPLY=()
    answer=$(
        IAMCTL_COMPLETE=bash "$program" -- "${COMP_LINE:0:COMP_POINT}" "$2" "${COMP_TYPE:-9}" "${COLUMNS:-80}" \
            2>/dev/null
    ) || return 0
    while IFS= read -r line; do
        if [[ -z $kind ]]; then
            kind=$line
        else
            COMPREPLY+=("$line")
        fi
    done <<<"$answer"
    if [[ $kind == files ]]; then
        compopt -o default 2>/dev/null || true
    fi
}

# Before version 4.4, bash always sorts.
complete -o nosort -F _iamctl iamctl 2>/dev/null || complete -F _iamctl iamctl

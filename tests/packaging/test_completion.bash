#!/bin/bash
# test_completion.bash COMPLETION-FILE [PROGRAM]: types command lines and compares what bash would offer.
set -u
export LC_ALL=C
completion=$(realpath "$1") || exit 1
program=${2:+$(realpath "$2")}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0
checks=0

cat >config <<'YAML'
apiVersion: v1
kind: Config
current-context: dev
contexts:
- context:
    cluster: c1
    user: u1
    extensions:
    - name: not-a-context
  name: dev
- name: "staging"
  context: {cluster: c2, user: u2}
-   context:
        cluster: c1
        user: u1
    name: shop/api-okd-example:6443/ann
clusters:
  - name: c1
    cluster: {server: https://one.example}
  - name: c2
    cluster: {server: https://two.example}
users:
- name: u1
  user: {token: secret-name}
YAML
printf 'contexts:\n- name: other\n  context: {cluster: c1}\n' >second
export HOME=$work/nowhere KUBECONFIG=$work/config:$work/missing:$work/second

# shellcheck source=/dev/null
source "$completion" || exit 1

# Answers the offers for a line typed up to its end, sorted, on one line.
offers() {
    local function
    COMP_LINE=$1 COMP_POINT=${#1} COMPREPLY=()
    function=$(complete -p fairlead | sed -n 's/.*-F \([^ ]*\) .*/\1/p')
    "$function" fairlead '' '' 2>/dev/null
    printf '%s\n' "${COMPREPLY[@]}" | sort | tr '\n' ' ' | sed 's/^ //; s/ $//'
}

# expect LINE WORDS: exactly these are offered.
expect() {
    local got
    got=$(offers "$1")
    checks=$((checks + 1))
    if [[ $got != "$2" ]]; then
        echo "FAIL: \"$1\" offers \"$got\", expected \"$2\""
        failures=$((failures + 1))
    fi
}

touch pods.yaml
export XDG_DATA_HOME=$work/data
mkdir -p data/fairlead/profiles
printf 'fairleadProfile: 1\nforwards:\n  - {name: no, target: web}\n  - target: x\n    name: neither\nname: team-a\n' >data/fairlead/profiles/a.yaml
printf 'name: "staging"\n' >data/fairlead/profiles/b.yml

expect 'fairlead ' 'config demo doctor down engine export import list logs port-forward status up'
expect 'fairlead l' 'list logs'
expect 'fairlead config ' 'explain'
expect 'fairlead port-forward ' ''
expect 'fairlead --d' '--demo'
expect 'fairlead port-forward --d' ''
expect 'fairlead port-forward --po' '--pod-policy --pod-running-timeout'
expect 'fairlead -n team port-forward --addr' '--address'
expect 'fairlead --context dev port-forward --addr' '--address'
expect 'fairlead config explain --show' '--show-secrets'
expect 'fairlead demo -' '--fake-churn --fake-namespaces --fake-pods --help --kubeconfig-out --listen --no-projects --pods -h'
expect 'fairlead port-forward --transport ' 'auto spdy websocket'
expect 'fairlead port-forward --route=n' 'node-proxy'
expect 'fairlead port-forward -o ' 'json text'
expect 'fairlead config explain -o ' 'json'
expect 'fairlead doctor -o ' 'json'
expect 'fairlead status -o ' 'json table'
expect 'fairlead port-forward --connection-wait ' '1m 30s 5m'
expect 'fairlead port-forward --max-waiting ' ''
expect 'fairlead port-forward -o=' ''
expect 'fairlead port-forward --output=j' 'json'
expect 'fairlead --context ' 'dev other shop/api-okd-example:6443/ann staging'
expect 'fairlead --context=st' 'staging'
expect 'fairlead port-forward --context shop/api-okd-example:64' '6443/ann'
expect 'fairlead --cluster ' 'c1 c2'
expect 'fairlead --user ' 'u1'
expect 'fairlead --kubeconfig second --context ' 'other'
expect 'fairlead --kubeconfig=second --context ' 'other'
expect 'fairlead demo --pods po' 'pods.yaml'
expect 'fairlead --kubeconfig=se' 'second'
expect 'fairlead --token ' ''
expect 'fairlead up ' 'staging team-a'
expect 'fairlead up s' 'staging'
expect 'fairlead up --kubeconfig config te' 'team-a'
expect 'fairlead up ./po' './pods.yaml'
expect 'fairlead profiles -' '--help --output -h -o'
expect 'fairlead import --from k' 'kftray krelay kube-forwarder kubectl kubefwd'
expect 'fairlead import po' 'pods.yaml'
expect 'fairlead import --profile t' 'team-a'
expect 'fairlead export --to k' 'kftray krelay kube-forwarder kubectl'
expect 'fairlead export --replace s' 'staging'

# With a program: every flag that its help names is offered, and no other, so neither can be forgotten. --help itself is
# known everywhere; the window takes the connection flags too, which only its commands spell out.
flags_in_help() {
    "$program" "$@" --help 2>/dev/null | grep -oE '^ +(-[a-z], )?--[a-z-]+' | grep -oE -- '--[a-z-]+'
}
sorted_words() { sort -u | tr '\n' ' ' | sed 's/ $//'; }
if [[ -n ${2-} ]]; then
    connection_flags=$(flags_in_help config explain | grep -vxE -- '--(show-secrets|output)')
    expect 'fairlead --' "$({ flags_in_help && echo "$connection_flags"; } | sorted_words)"
    expect 'fairlead port-forward --' "$({ flags_in_help port-forward && echo --help; } | sorted_words)"
    expect 'fairlead config explain --' "$({ flags_in_help config explain && echo --help; } | sorted_words)"
    expect 'fairlead doctor --' "$({ flags_in_help doctor && echo --help; } | sorted_words)"
    expect 'fairlead up --' "$({ flags_in_help up && echo --help; } | sorted_words)"
    for command in list profiles status logs down engine; do
        expect "fairlead $command --" "$({ flags_in_help "$command" && echo --help; } | sorted_words)"
    done
    expect 'fairlead import --' "$({ flags_in_help import && echo --help; } | sorted_words)"
    expect 'fairlead export --' "$({ flags_in_help export && echo --help; } | sorted_words)"
    expect 'fairlead demo --' "$({ flags_in_help demo && echo --help; } | sorted_words)"
fi

echo "$checks checks, $failures failures"
[[ $failures -eq 0 ]]

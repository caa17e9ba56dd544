#!/bin/bash
# test_completion.bash COMPLETIONS-FOLDER PROGRAM: types command lines and compares what shells would offer. zsh and fish
# are asked where they are installed.
set -u
export LC_ALL=C
completions=$(realpath "$1") || exit 1
program=$(realpath "$2") || exit 1
work=$(mktemp -d)
demo=
cleanup() {
    [[ -z $demo ]] || { kill "$demo" && wait "$demo"; } 2>/dev/null
    rm -rf "$work"
}
trap cleanup EXIT
cd "$work" || exit 1
mkdir -m 700 bin run
ln -s "$program" bin/fairlead
export PATH=$work/bin:$PATH XDG_RUNTIME_DIR=$work/run XDG_CONFIG_HOME=$work/settings
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
- name: u2
  user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: touch, args: [asked], interactiveMode: Never}}
YAML
printf 'contexts:\n- name: other\n  context: {cluster: c1}\n' >second
export HOME=$work/nowhere KUBECONFIG=$work/config:$work/missing:$work/second

# shellcheck source=/dev/null
source "$completions/fairlead" || exit 1

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
printf 'fairleadProfile: 1\nforwards:\n  - {name: no, target: web, ports: 80}\nname: team-a\n' >data/fairlead/profiles/a.yaml
printf 'fairleadProfile: 1\nname: "staging"\nforwards: []\n' >data/fairlead/profiles/b.yml
printf 'fairleadProfile: 1\nname: Team B\nforwards: []\n' >data/fairlead/profiles/c.yaml
printf 'name: broken\nforwards: 1\n' >data/fairlead/profiles/d.yaml

expect 'fairlead ' 'config demo doctor down engine export import list logs port-forward quit status up'
expect 'fairlead l' 'list logs'
expect 'fairlead config ' 'explain'
expect 'fairlead port-forward ' ''
expect 'fairlead --d' '--demo'
expect 'fairlead port-forward --d' ''
expect 'fairlead port-forward --po' '--pod-policy --pod-running-timeout'
expect 'fairlead port-forward -n team --addr' '--address'
expect 'fairlead port-forward -- --addr' ''
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
expect 'fairlead --user ' 'u1 u2'
expect 'fairlead --kubeconfig second --context ' 'other'
expect 'fairlead --kubeconfig=second --context ' 'other'
expect 'fairlead demo --pods po' 'pods.yaml'
expect 'fairlead --kubeconfig=se' 'second'
expect 'fairlead --token ' ''
expect 'fairlead up ' 'Team\ B staging team-a'
expect 'fairlead up Team\ ' 'Team\ B'
expect 'fairlead up --wait s' 'staging'
expect 'fairlead up --wait=1' '1m'
expect 'fairlead up staging ' ''
expect 'fairlead up s' 'staging'
expect 'fairlead up --kubeconfig config te' 'team-a'
expect 'fairlead up ./po' './pods.yaml'
expect 'fairlead import po' 'pods.yaml'
expect 'fairlead import --from k' 'kftray krelay kube-forwarder kubectl kubefwd'
expect 'fairlead import --profile te' 'team-a'
expect 'fairlead export --to=l' 'lens'
expect 'fairlead export --context st' 'staging'
expect 'fairlead export st' 'staging'
expect 'fairlead list -' '--help --output -h -o'
expect 'fairlead down ' ''
expect 'fairlead q' 'quit'
expect 'fairlead quit ' ''
expect 'fairlead --t' '--take-over --tls-server-name --token'

# Every flag that a command's help names is offered, and no other, so neither can be forgotten. --help itself is known
# everywhere; the window takes the connection flags too, which only its commands spell out.
flags_in_help() {
    "$program" "$@" --help 2>/dev/null | grep -oE '^ +(-[a-z], )?--[a-z-]+' | grep -oE -- '--[a-z-]+'
}
sorted_words() { sort -u | tr '\n' ' ' | sed 's/ $//'; }
connection_flags=$(flags_in_help config explain | grep -vxE -- '--(show-secrets|output)')
expect 'fairlead --' "$({ flags_in_help && echo "$connection_flags"; } | sorted_words)"
for command in port-forward 'config explain' doctor up down status logs list engine quit import export demo; do
    # shellcheck disable=SC2086 # two words
    expect "fairlead $command --" "$({ flags_in_help $command && echo --help; } | sorted_words)"
done

# Names out of a cluster; where a plugin would have to be asked there are none, and none that come too late.
expect 'fairlead port-forward --context staging ' ''
[[ ! -e asked ]] || expect 'pressing Tab' 'has run a sign-in plugin'
fairlead demo --kubeconfig-out demo >/dev/null 2>&1 &
demo=$!
for ((i = 0; i < 300; i++)); do
    [[ -s demo ]] && break
    sleep 0.1
done
KUBECONFIG=$work/demo
expect 'fairlead port-forward db' 'db-0'
expect 'fairlead port-forward svc/w' 'svc/web'
expect 'fairlead port-forward db-0 ' ''
expect 'fairlead port-forward -l app=web ' ''
expect 'fairlead doctor -n monitoring svc/' "$(fairlead __complete doctor -n monitoring svc/ | sorted_words)"
expect 'fairlead port-forward -n mon' 'monitoring'
expect 'fairlead port-forward --namespace=mon' 'monitoring'
kill -STOP "$demo"
started=$SECONDS
expect 'fairlead port-forward db' ''
((SECONDS - started < 20)) || expect 'a server that is silent' "answered after $((SECONDS - started)) s"
kill -CONT "$demo"

# Of an engine that runs, its forwards.
printf 'fairleadProfile: 1\nname: team-a\nforwards:\n  - {name: orders, target: svc/web, ports: ":80"}\n' >data/fairlead/profiles/a.yaml
: >up.log
fairlead up --headless team-a >up.log 2>&1 &
up=$!
for ((i = 0; i < 300; i++)); do
    grep -q Ready up.log && break
    sleep 0.1
done
expect 'fairlead down ' 'orders team-a'
expect 'fairlead logs -f o' 'orders'
kill -STOP "$up"
started=$SECONDS
expect 'fairlead down ' ''
((SECONDS - started < 9)) || expect 'an engine that hangs' "answered after $((SECONDS - started)) s"
kill -CONT "$up"
kill "$up"
wait "$up" 2>/dev/null

# expect_in SHELL LINE WORDS: the same in another shell, in whose own form the words come.
expect_in() {
    local got
    got=$("offers_in_$1" "$2")
    checks=$((checks + 1))
    if [[ $got != "$3" ]]; then
        echo "FAIL: in $1 \"$2\" offers \"$got\", expected \"$3\""
        failures=$((failures + 1))
    fi
}

offers_in_fish() {
    fish --no-config -c "source '$completions/fairlead.fish'; complete -C '$1'" 2>&1 | cut -f1 | sorted_words
}

# A zsh of its own behind a terminal; what stands on its line after Tab is printed.
offers_in_zsh() {
    zsh -f "$work/type.zsh" "$completions" "$1" 2>&1
}
cat >type.zsh <<'ZSH'
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=; PROMPT=; unsetopt beep; fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -D; show-line() { print -r -- \"<<\$BUFFER>>\"; BUFFER=; zle accept-line }; zle -N show-line; bindkey '^X' show-line; print rea''dy"
zpty -r shell output '*ready*' || exit 1
zpty -w -n shell "$2"$'\t\x18'
zpty -r shell output '*<<*>>*' || exit 1
line=${output##*<<}
print -r -- ${line%%>>*}
zpty -d shell
ZSH

if command -v fish >/dev/null; then
    expect_in fish 'fairlead do' 'doctor down'
    expect_in fish 'fairlead port-forward --addr' '--address'
    expect_in fish 'fairlead port-forward db' 'db-0'
    expect_in fish 'fairlead port-forward --namespace=mon' '--namespace=monitoring'
    expect_in fish 'fairlead demo --pods po' 'pods.yaml'
    expect_in fish 'fairlead up T' 'Team B'
else
    echo "SKIP: there is no fish"
fi
if command -v zsh >/dev/null; then
    expect_in zsh 'fairlead doc' 'fairlead doctor '
    expect_in zsh 'fairlead port-forward --addr' 'fairlead port-forward --address '
    expect_in zsh 'fairlead port-forward db' 'fairlead port-forward db-0 '
    expect_in zsh 'fairlead port-forward --namespace=mon' 'fairlead port-forward --namespace=monitoring '
    expect_in zsh 'fairlead demo --pods po' 'fairlead demo --pods pods.yaml '
    expect_in zsh 'fairlead up T' 'fairlead up Team\ B '
else
    echo "SKIP: there is no zsh"
fi

echo "$checks checks, $failures failures"
[[ $failures -eq 0 ]]

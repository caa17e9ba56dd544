#!/bin/bash
# kubectl port-forward svc/not-this 1:1
set -eu
NS=shop
export CTX="okd dev"
DB="svc/db"
PORTS="8080:80 9090:9090"
kubectl --context "$CTX" -n ${NS} \
    port-forward \
    svc/web $PORTS \
    >/dev/null 2>&1 &
KUBECONFIG=$HOME/.kube/stage nohup kubectl -n "$NS" port-forward "$DB" 15432:5432 &
kubectl -n "${OTHER:-data}" port-forward svc/cache 6379; kubectl port-forward 'svc/quoted' "8000:80" && echo up
kubectl --token=s3cr3t-t0k3n --as=admin -n shop port-forward svc/secret 1234:80
kubectl port-forward -n shop "$(kubectl get pods -n shop -l app=web -o name | head -n 1)" 8085:80
kubectl port-forward $(kubectl get pod -l app=x -o jsonpath='{.items[0].metadata.name}') 8086:80
kubectl port-forward "$(./pick-a-pod)" 8087:80
kubectl port-forward svc/$1 8088:80
for svc in a b c; do
    kubectl port-forward svc/$svc 8089:80 &
done
while true; do
    kubectl port-forward svc/again 8090:80
    sleep 1
done
if [ "$1" = prod ]; then CTX=prod; else CTX=dev; fi
kubectl --context $CTX port-forward svc/which 8091:80
cat <<EOF
kubectl port-forward svc/only-a-text 8092:80
EOF
echo kubectl port-forward svc/said 8093:80
kubectl config use-context okd-prod
oc project prod-shop
kubectl port-forward svc/late 8094:80
kubectl get pods
LIST=(a b)
kubectl port-forward svc/$LIST 8095:80
A=aaaaaaaaaaaaaaaa; A=$A$A$A$A; A=$A$A$A$A; A=$A$A$A$A; A=$A$A$A$A; A=$A$A$A$A; A=$A$A$A$A; A=$A$A$A$A; A=$A$A$A$A
kubectl port-forward svc/$A 8096:80
kubectl port-forward --shiny svc/flag 8097:80
kubectl port-forward svc/noport
kubectl port-forward moon/web 8098:80
kubectl port-forward svc/web 8099:80:81
kubectl port-forward --address 0.0.0.0,web.local svc/open 8100:80
pf() { kubectl port-forward "$@" & }
trap 'kill 0' EXIT
wait

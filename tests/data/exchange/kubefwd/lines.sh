sudo -E kubefwd svc -n shop,data -x okd-dev -m 80:8080 -f metadata.name=web
sudo kubefwd services -n shop -r orders.shop:127.3.3.1 -m 443:8443
kubefwd svc -A

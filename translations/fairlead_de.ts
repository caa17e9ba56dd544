<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Fairlead::Forward</name>
    <message>
        <source>The local program closed the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pod closed the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pod&apos;s side cut it one second after the end of input.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The local program reset the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pod&apos;s side reset the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The node refused the connection to port %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The node did not answer in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to the API server broke.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for pod</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign-in needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Local port %1 is used by %2 (pid %3).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Local port %1 is used by another program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only administrators may open local port %1; choose a port from 1024 up, for example %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer has no address %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer does not speak the protocol of %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot listen on %1: %2.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fairlead::Forward::ForwardWorker</name>
    <message>
        <source>Connecting to pod %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificates for %1 cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected to pod %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many connections wait for a tunnel already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>No connection to the pod could be had in %n second(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Forward::LocalConnection</name>
    <message>
        <source>The local program reset the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server takes no more streams.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The forward was stopped.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fairlead::Forward::PodCheck</name>
    <message>
        <source>Pod %1 is not running: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pod %1 cannot be forwarded that way: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fairlead::Forward::PortSet</name>
    <message>
        <source>New connections have to wait a moment: %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fairlead::Forward::Tunnel</name>
    <message>
        <source>The server closed the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to the server broke: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server broke the SPDY protocol: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server asked to close the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server has not answered for some time.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fairlead::Http</name>
    <message>
        <source>The HTTP head is larger than 64 KiB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other end does not speak HTTP.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other end sent a malformed HTTP header field.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other end speaks another version of HTTP than 1.1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fairlead::Kube::ApiClient</name>
    <message>
        <source>Impersonating with several groups or extra values is not supported yet.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fairlead::Kube::ApiError</name>
    <message>
        <source>The server does not accept the credentials: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server does not allow it: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server cannot find it: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server no longer remembers that state of the list; it has to be read again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is busy and asks to try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server has a problem (%1): %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server refused the request (%1): %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 answered with a web page (status %2) instead of the Kubernetes API; perhaps a proxy or a sign-in page stands in between.</source>
        <extracomment>%1 is host and port, %2 an HTTP status number</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 wants to lead us elsewhere (%2); an API server does not do that, so perhaps a sign-in page stands in between.</source>
        <extracomment>%1 is host and port, %2 a host name</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing answers at %1: the connection was refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name %1 is not known; check the VPN and the server&apos;s address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 closed the connection before its answer was complete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No secure connection to %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No connection to %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The identity of %1 could not be verified. %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 did not answer within %n second(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 answered with something that is not the Kubernetes API.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer of %1 is larger than %2, so it was not read.</source>
        <extracomment>%1 is host and port, %2 an amount such as &quot;64 MiB&quot;</extracomment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fairlead::Net::TcpConnector</name>
    <message>
        <source>The name of the server %1 cannot be found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server %1 cannot be reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server %1 does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fairlead::Net::TlsConfiguration</name>
    <message>
        <source>The certificate authority of this cluster contains no readable PEM certificate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The client certificate contains no readable PEM certificate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a client certificate but no private key for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The client key is encrypted with a passphrase; such keys are not supported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The client key is no private key in PEM form (PKCS#1, PKCS#8 or SEC1).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The client key does not belong to the client certificate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Qt offers no OpenSSL here, so no TLS connection can be made.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fairlead::Net::TlsFailure</name>
    <message>
        <source>The certificate “%1”, issued by “%2”, expired on %3.</source>
        <extracomment>%1 and %2 are names in a certificate, %3 is a date with time</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate “%1”, issued by “%2”, is valid only from %3 on; perhaps this computer&apos;s clock is wrong.</source>
        <extracomment>%1 and %2 are names in a certificate, %3 is a date with time</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s certificate “%1” names no host at all, so it does not prove to be %2.</source>
        <extracomment>%1 is the name in a certificate, %2 a host name or address</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s certificate is made out to %1 and not to %2.</source>
        <extracomment>%1 is a list of host names and addresses, %2 a host name or address</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s certificate comes from an authority that is not trusted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate “%1” is signed by itself and not among the trusted authorities.</source>
        <extracomment>%1 is the name in a certificate</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate “%1” was issued by “%2”, which is not among the trusted authorities.</source>
        <extracomment>%1 and %2 are names in a certificate</extracomment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fairlead::Net::UpgradeHandshake</name>
    <message>
        <source>%1 does not speak HTTP like an API server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 closed the connection without an answer.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fairlead::Net::UpgradedConnection</name>
    <message>
        <source>No secure connection to %1 can be made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to %1 broke.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 did not answer in time.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fairlead::Spdy</name>
    <message>
        <source>The other end sent a frame of an unknown type.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other end sent a frame of the wrong length.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other end sent a frame with flags that it may not have.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other end sent a frame for stream 0, which cannot exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other end sent a ping with the number 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other end reset a stream with the status 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other end announced a control frame that is too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other end sent headers that cannot be decompressed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other end sent headers that are malformed or too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other end sent a header that is forbidden inside a stream.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many streams were opened on one connection.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::CommandLine</name>
    <message>
        <source>The same on the command line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ContextBar</name>
    <message>
        <source>User: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From: %1</source>
        <comment>path of a kubeconfig file</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Namespace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All namespaces</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ListenBox</name>
    <message>
        <source>Listen on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All interfaces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other address…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>IP address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>IP address to listen on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everyone who can reach this computer can use this forward, with your rights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Others can connect</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::PickerDialog</name>
    <message>
        <source>Open kubeconfig</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New forward</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::PickerForm</name>
    <message>
        <source>Forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Listen on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Na&amp;me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No clusters found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fairlead looked in KUBECONFIG and in ~/.kube/config.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open kubeconfig…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This context cannot be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not list namespaces here: type the name of one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 Fairlead keeps trying.</source>
        <comment>a sentence</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pods could not be listed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::PodsModel</name>
    <message>
        <source>%1, %2</source>
        <comment>pod name, status</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pod</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restarts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Age</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::PodsPane</name>
    <message>
        <source>Filter pods…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter pods</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pods</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No pod matches “%1”</source>
        <comment>what was typed</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More pods are still being read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the pods of all namespaces…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the pods of %1…</source>
        <comment>a namespace</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No pods in any namespace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No pods in %1</source>
        <comment>a namespace</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A pod appears here as soon as it is created.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n pod(s)</source>
        <comment>matching of all</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n pod(s)</source>
        <comment>loaded of all</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · loading more…</source>
        <comment>such as: 3 of 214 pods</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::PortsModel</name>
    <message>
        <source>%1: not TCP</source>
        <comment>name of a port, or its protocol</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>any free</source>
        <comment>local port</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only TCP can be forwarded; this port speaks %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ports below %1 need administrator rights on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type another local port, or 0 for any free one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Declared by container %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Local</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::PortsPane</name>
    <message>
        <source>This pod is being deleted. A forward to it will end with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This pod has ended (%1): nothing listens in it any more.</source>
        <comment>status word</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This pod is not running yet (%1). You can forward it already; connections wait for it.</source>
        <comment>status word</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This pod runs but is not ready (%1).</source>
        <comment>status word</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>belongs to %1</source>
        <comment>such as ReplicaSet/api-7f9</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other port: 8080 or local:remote</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ports of the pod</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a pod</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its ports are listed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading its ports…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This pod declares no ports. It may listen all the same: type one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its ports could not be read; you can type one.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Kubeconfig</name>
    <message>
        <source>%1: it has no server. Add its URL.</source>
        <comment>%1 file and cluster</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: server &quot;%2&quot; cannot be used: %3</source>
        <comment>%1 file and cluster, %3 a reason with full stop</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: server: %2</source>
        <comment>%1 file and cluster, %2 a note with full stop</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: proxy-url &quot;%2&quot; cannot be used (%3). Write it like http://proxy.example.com:3128.</source>
        <comment>%1 file and cluster, %3 kubectl&apos;s reason</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: it has certificate-authority-data and certificate-authority; the data is used. kubectl refuses that. Remove one of them.</source>
        <comment>%1 file and cluster</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: certificate-authority &quot;%2&quot; cannot be read: %3.</source>
        <comment>%1 file and cluster, %2 file, %3 the system&apos;s words</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: insecure-skip-tls-verify and %2 contradict each other. Remove one of them.</source>
        <comment>%1 file and cluster, %2 field</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 holds no certificate in PEM form, so no server could be trusted.</source>
        <comment>%1 file, cluster and field</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 expired on %2; the server&apos;s certificate will not be accepted.</source>
        <comment>%1 file, cluster and field, %2 date</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is behind the proxy %1 (set by %2), and Fairlead cannot use proxies yet.</source>
        <comment>%1 URL, %2 a file or a variable of the environment</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <comment>list of names that is empty</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>context &quot;%1&quot; does not exist. Contexts that are defined: %2.</source>
        <comment>%2 list of names</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: current-context is &quot;%2&quot;, but no context of that name is defined. Contexts that are defined: %3.</source>
        <comment>%1 file, %3 list of names</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cluster &quot;%1&quot; (--cluster) does not exist. Clusters that are defined: %2.</source>
        <comment>%2 list of names</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: it names no cluster. Add a cluster to it.</source>
        <comment>%1 file and context</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: its cluster &quot;%2&quot; is not defined. Clusters that are defined: %3.</source>
        <comment>%1 file and context, %3 list of names</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>user &quot;%1&quot; (--user) does not exist. Users that are defined: %2.</source>
        <comment>%2 list of names</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: its user &quot;%2&quot; is not defined; no credentials are sent.</source>
        <comment>%1 file and context</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: namespace &quot;%2&quot; cannot exist: a name has lower-case letters, digits and &quot;-&quot;, at most 63.</source>
        <comment>%1 file or flag</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No context is chosen: current-context is empty. Choose one of: %1.</source>
        <comment>%1 list of names</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No clusters are configured. Fairlead looked in: %1.</source>
        <comment>%1 list of files</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <comment>list of files that is empty</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>More than %n KiB</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (--kubeconfig) does not exist.</source>
        <comment>%1 file</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;~&quot; is not expanded here; write the whole path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: its cluster &quot;%2&quot; is not defined.</source>
        <comment>%1 file and context</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: this is not a kubeconfig: it does not hold a mapping.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: this is not a kubeconfig: it says kind &quot;%2&quot; and apiVersion &quot;%3&quot;, where &quot;Config&quot; and &quot;v1&quot; belong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; in line %3 must be a list of entries with a name.</source>
        <comment>%1 file, %2 e.g. clusters</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2 in &quot;%3&quot; must be an entry with a name.</source>
        <comment>%1 file, %3 e.g. clusters</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 &quot;%3&quot; is defined twice, again in line %4. Rename or remove one of them.</source>
        <comment>%1 file, %2 cluster, user or context, %3 its name</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: line %2 is not valid YAML (%3). Correct it or restore the file.</source>
        <comment>%1 file, %3 words of the YAML library</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not valid YAML (%2). Correct it or restore the file.</source>
        <comment>%1 file, %2 words of the YAML library</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <comment>%1 file, %2 the system&apos;s words</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: ignored, because %2 also has a %3 of that name and comes first.</source>
        <comment>%1 file and entry, %2 file, %3 cluster, user or context</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the scheme &quot;%1&quot; is neither https nor http.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has a path but no scheme; write https:// in front (host must be a URL or a host:port pair).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; has no scheme; Fairlead takes https. kubectl takes http and sends no credentials. Write https:// in front.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; has no scheme, which means http, unencrypted. Write https:// in front if the server speaks TLS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the part behind the path is not used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the user name in the address is not used; put username and password into the user&apos;s entry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blanks around the address are ignored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not an address (%2).</source>
        <comment>%2 words of the URL parser</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has no host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: it has %2 and %3; the data is used. kubectl refuses that. Remove one of them.</source>
        <comment>%1 file and user, %2 and %3 fields</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: it has a client key without a client certificate; the key is ignored.</source>
        <comment>%1 file and user</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: it has a client certificate without a key. Add client-key or client-key-data.</source>
        <comment>%1 file and user</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: it has both exec and auth-provider. Remove one of them.</source>
        <comment>%1 file and user</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: exec: an env entry has no name.</source>
        <comment>%1 file and user</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: exec has no %2. Add it.</source>
        <comment>%1 file and user, %2 field</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: exec: interactiveMode is &quot;%2&quot;, but must be one of %3.</source>
        <comment>%1 file and user, %3 list of words</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: it has a token as well as username and password. Remove one of them.</source>
        <comment>%1 file and user</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: it has a tokenFile as well as username and password. Remove one of them.</source>
        <comment>%1 file and user</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: as-uid, as-groups and as-user-extra need &quot;as&quot;. Add it.</source>
        <comment>%1 file and user</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 &quot;%3&quot; cannot be read: %4.</source>
        <comment>%1 file and user, %2 field, %3 file, %4 the system&apos;s words</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: its credentials are not sent, because the server is reached over http, unencrypted.</source>
        <comment>%1 file and user</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 holds no certificate in PEM form.</source>
        <comment>%1 file, user and field</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 holds a damaged certificate.</source>
        <comment>%1 file, user and field</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 holds no private key in PEM form.</source>
        <comment>%1 file, user and field</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 holds a damaged private key.</source>
        <comment>%1 file, user and field</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is encrypted with a passphrase, which neither Fairlead nor kubectl can use. Decrypt it with: openssl pkey -in KEY -out DECRYPTED.</source>
        <comment>%1 file, user and field</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not belong to the certificate in %2. They must come from the same sign-in.</source>
        <comment>%1 file, user and field, %2 field or file</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2) expired on %3; the server will refuse it. Sign in again.</source>
        <comment>%1 file, user and field, %2 the certificate&apos;s subject, %3 date</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2) is not valid before %3; the server will refuse it. Is this computer&apos;s clock right?</source>
        <comment>%1 file, user and field, %2 the certificate&apos;s subject, %3 date</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tokenFile &quot;%2&quot; cannot be read: %3.</source>
        <comment>%1 file and user, %2 file, %3 the system&apos;s words</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: tokenFile &quot;%2&quot; is empty.</source>
        <comment>%1 file and user, %2 file</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: blanks around the token are left out; kubectl fails on them.</source>
        <comment>%1 file and user</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 has a line break or another control character inside. Copy it again.</source>
        <comment>%1 file and user, %2 field</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the sign-in plugin &quot;%2&quot; (exec) gives the credentials, and Fairlead cannot run sign-in plugins yet.</source>
        <comment>%1 file and user, %2 command</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the sign-in plugin &quot;%2&quot; cannot be used: exec plugin: invalid apiVersion &quot;%3&quot;.</source>
        <comment>%1 file and user, %2 command</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: auth-provider: no Auth Provider found for name &quot;%2&quot;.</source>
        <comment>%1 file and user</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: auth-provider oidc: Must provide %2.</source>
        <comment>%1 file and user, %2 field</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: it signs in by OpenID Connect (auth-provider oidc), which Fairlead cannot do yet.</source>
        <comment>%1 file and user</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the auth-provider &quot;%2&quot; has been removed from Kubernetes clients. Configure the sign-in plugin %3 instead.</source>
        <comment>%1 file and user, %3 name of a program</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 is not used, because other credentials are given and come first.</source>
        <comment>%1 file and user, %2 exec or auth-provider</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: it acts as the user &quot;%2&quot; (as), which Fairlead cannot do yet.</source>
        <comment>%1 file and user, %2 name of another user</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 is written in quotes; kubectl refuses that. Remove the quotes.</source>
        <comment>%1 file and entry, %2 field</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 is &quot;%3&quot;, but must be true or false.</source>
        <comment>%1 file and entry, %2 field, %3 what was found</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 is not base64: byte %3 cannot stand there. Copy the value again, or use a file instead.</source>
        <comment>%1 file and entry, %2 field, %3 position from 0</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 lacks the &quot;=&quot; at its end; kubectl refuses that.</source>
        <comment>%1 file and entry, %2 field</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 is not in quotes and reads as a number or a switch; Fairlead takes it as text, kubectl refuses it. Put it in quotes.</source>
        <comment>%1 file and entry, %2 field</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a mapping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 in line %3 must be %4.</source>
        <comment>%1 file and entry, %2 field, %4 e.g. &quot;a list&quot;</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>

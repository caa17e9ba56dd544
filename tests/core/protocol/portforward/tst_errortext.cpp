#include "core/protocol/portforward/errortext.h"

#include <QTest>

using namespace Fairlead::PortForward;
using namespace Qt::StringLiterals;

class TestErrorText : public QObject
{
    Q_OBJECT

private slots:
    void runtimesAreUnderstood_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<ErrorCause>("cause");
        const auto row = [](const char *name, const char *text, ErrorCause cause) {
            QTest::newRow(name) << QString::fromLatin1(text) << cause;
        };
        row("containerd: refused",
            "error forwarding port 19999 to pod 0123, uid : failed to execute portforward in network namespace "
            "\"/var/run/netns/cni-1\": failed to connect to localhost:19999 inside namespace \"0123\", IPv4: dial tcp4 "
            "127.0.0.1:19999: connect: connection refused IPv6 dial tcp6 [::1]:19999: connect: connection refused ",
            ErrorCause::NothingListens);
        row("CRI-O: refused",
            "error forwarding port 80 to pod 0123, uid : port forward into network namespace \"/var/run/netns/1\": "
            "failed to connect to localhost:80 inside namespace 0123: dial tcp [::1]:80: connect: connection refused",
            ErrorCause::NothingListens);
        row("socat: refused",
            "error forwarding port 80 to pod 0123, uid : exit status 1: 2022/01/25 15:43:20 socat[5831] E connect(5, "
            "AF=2 127.0.0.1:80, 16): Connection refused",
            ErrorCause::NothingListens);
        row("containerd: sandbox forgotten",
            "error forwarding port 80 to pod 0123, uid : failed to find sandbox \"0123\" in store: not found",
            ErrorCause::PodGone);
        row("containerd: namespace closed",
            "error forwarding port 80 to pod 0123, uid : network namespace for sandbox \"0123\" is closed",
            ErrorCause::PodGone);
        row("containerd: sandbox stopped", "error forwarding port 80 to pod 0123, uid : sandbox 0123 is not running",
            ErrorCause::PodGone);
        row("namespace file removed",
            "error forwarding port 80 to pod 0123, uid : failed to execute portforward in network namespace "
            "\"/var/run/netns/cni-1\": failed to Statfs \"/var/run/netns/cni-1\": no such file or directory",
            ErrorCause::PodGone);
        row("reset by the program",
            "error forwarding port 80 to pod 0123, uid : failed to execute portforward in network namespace \"x\": "
            "read tcp4 127.0.0.1:46540->127.0.0.1:80: read: connection reset by peer",
            ErrorCause::PeerEnded);
        row("broken pipe", "error forwarding port 80 to pod 0123, uid : write tcp4 x->y: write: broken pipe",
            ErrorCause::PeerEnded);
        row("no socat", "error forwarding port 80 to pod p, uid : unable to do port forwarding: socat not found",
            ErrorCause::ToolMissing);
        row("no nsenter", "error forwarding port 80 to pod p, uid : unable to do port forwarding: nsenter not found",
            ErrorCause::ToolMissing);
        row("no socat inside nsenter",
            "error forwarding port 80 to pod p, uid : exit status 127: nsenter: failed to execute socat: No such file "
            "or "
            "directory",
            ErrorCause::ToolMissing);
        row("no program to start",
            "error forwarding port 80 to pod p, uid : fork/exec /usr/bin/nsenter: no such file or directory",
            ErrorCause::ToolMissing);
        row("the process is gone",
            "error forwarding port 80 to pod p, uid : exit status 1: nsenter: cannot open /proc/77/ns/net: No such "
            "file "
            "or directory",
            ErrorCause::PodGone);
        row("kubelet forgot the pod", "pod does not exist", ErrorCause::PodGone);
        row("a name that cannot be resolved",
            "error forwarding port 80 to pod p, uid : dial tcp: lookup localhost: not found", ErrorCause::Other);
        row("half a pair", "(conn=0xc000123, request=5) timed out waiting for streams", ErrorCause::TimedOut);
        row("a pair twice", "error processing stream for request 0: error stream already assigned", ErrorCause::Other);
        row("anything else", "error forwarding port 80 to pod p, uid : no route to host", ErrorCause::Other);
        row("nothing", "", ErrorCause::Other);
    }

    void runtimesAreUnderstood()
    {
        QFETCH(const QString, text);
        QFETCH(const ErrorCause, cause);
        QCOMPARE(classifyErrorText(text), cause);
        QCOMPARE(classifyErrorText(text.toUpper()), cause);
    }

    void everyCauseHasASentence()
    {
        for (const ErrorCause cause : {ErrorCause::NothingListens, ErrorCause::PodGone, ErrorCause::PeerEnded,
                                       ErrorCause::ToolMissing, ErrorCause::TimedOut, ErrorCause::Other}) {
            QVERIFY(explain(cause, 8443).endsWith(u'.'));
            QVERIFY(!explain(cause, 8443).contains(u'%'));
        }
        QVERIFY(explain(ErrorCause::NothingListens, 8443).contains("8443"_L1));
    }
};

QTEST_GUILESS_MAIN(TestErrorText)
#include "tst_errortext.moc"

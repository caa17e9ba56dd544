#include "core/net/tlscontext.h"

#include <QProcess>
#include <QTest>

#include <cstdio>
#include <cstring>
#include <openssl/crypto.h>

using namespace Fairlead;
using namespace Qt::StringLiterals;

namespace {
constexpr const char *EndNow = "--end-now";

/// What OpenSSL would call while it tears itself down.
void tellOfCleanup()
{
    std::fputs("cleanup", stdout);
}
} // namespace

/// OpenSSL must not tear itself down at the exit of a program that uses core/net.
class TestOpenSslExit : public QObject
{
    Q_OBJECT

private slots:
    void isLeftAloneWhenTheProcessEnds()
    {
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(), {QLatin1StringView(EndNow)});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(process.readAllStandardOutput(), "tls"_ba);
    }
};

int main(int argc, char **argv)
{
    if (argc == 2 && std::strcmp(argv[1], EndNow) == 0) {
        OPENSSL_atexit(tellOfCleanup);
        if (Net::TlsContext::create({}, u"localhost"_s).hasValue())
            std::fputs("tls", stdout);
        return 0;
    }
    QCoreApplication application(argc, argv);
    TestOpenSslExit test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_opensslexit.moc"

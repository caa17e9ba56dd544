#include "core/kube/api/apiclient.h"
#include "core/kube/config/tokenfiles.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Kube;
using namespace Qt::StringLiterals;

namespace {

class HandClock final : public Clock
{
public:
    [[nodiscard]] qint64 monotonicMs() const override { return ms; }
    [[nodiscard]] QDateTime now() const override { return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC); }
    qint64 ms = 0;
};

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

/// Keeps the time of modification, as a coarse file system would.
void writeUnnoticed(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QDateTime modified = file.fileTime(QFileDevice::FileModificationTime);
    file.close();
    write(path, content);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(modified, QFileDevice::FileModificationTime));
}

QStringList lines(const ConnectionConfig &config)
{
    QStringList out;
    const Http::Fields fields = credentialFields(config);
    for (const auto &[name, value] : fields.all())
        out << QString::fromUtf8(name + ": " + value);
    return out;
}

ConnectionConfig httpsConfig()
{
    ConnectionConfig config;
    config.server = QUrl(u"https://h:6443"_s);
    return config;
}

} // namespace

class TestCredentials : public QObject
{
    Q_OBJECT

private slots:
    void whoWins()
    {
        ConnectionConfig config = httpsConfig();
        QCOMPARE(lines(config), QStringList());
        config.username = u"ü"_s;
        config.password = u"p:w"_s;
        QCOMPARE(lines(config), QStringList{u"Authorization: Basic "_s + QString::fromLatin1("ü:p:w"_ba.toBase64())});
        config.token = u"t"_s;
        QCOMPARE(lines(config), QStringList{u"Authorization: Bearer t"_s});
    }

    void tokenFileWinsOverToken()
    {
        const QTemporaryDir dir;
        ConnectionConfig config = httpsConfig();
        config.token = u"start"_s;
        config.tokenFile = dir.filePath(u"token"_s);
        write(config.tokenFile, "  from-file\n");
        QCOMPARE(lines(config), QStringList{u"Authorization: Bearer from-file"_s});
    }

    void plainHttpGetsNothingButImpersonation()
    {
        ConnectionConfig config = httpsConfig();
        config.server.setScheme(u"http"_s);
        config.token = u"secret"_s;
        config.username = u"u"_s;
        config.impersonate.user = u"alice"_s;
        QCOMPARE(lines(config), QStringList{u"Impersonate-User: alice"_s});
    }

    void impersonation()
    {
        ConnectionConfig config = httpsConfig();
        config.impersonate = {u"a"_s, u"1"_s, {u"g1"_s, u"g2"_s}, {{u"example.com/Scopes%"_s, {u"x"_s, u"y"_s}}}};
        QCOMPARE(lines(config),
                 QStringList({u"Impersonate-User: a"_s, u"Impersonate-Uid: 1"_s, u"Impersonate-Group: g1"_s,
                              u"Impersonate-Group: g2"_s, u"Impersonate-Extra-example.com%2FScopes%25: x"_s,
                              u"Impersonate-Extra-example.com%2FScopes%25: y"_s}));
    }

    void aValueCannotBecomeAnotherField()
    {
        ConnectionConfig config = httpsConfig();
        config.token = u"t\r\nX-Evil: 1"_s;
        config.impersonate.user = u"a\nb"_s;
        QCOMPARE(lines(config), QStringList());
    }

    void pathSegmentsAreEncodedSingly()
    {
        ConnectionConfig config = httpsConfig();
        QCOMPARE(apiPath(config, {u"api"_s, u"v1"_s, u"a/b"_s, u"ü?#%"_s}), "/api/v1/a%2Fb/%C3%BC%3F%23%25"_ba);
        config.server.setPath(u"/k8s/clusters/c-1"_s);
        QCOMPARE(apiPath(config, {u"version"_s}), "/k8s/clusters/c-1/version"_ba);
        config.server = QUrl(u"https://h:1/p%2Fq/"_s);
        QCOMPARE(apiPath(config, {u"version"_s}), "/p%2Fq/version"_ba);
    }

    void tokenFileIsReadAgain()
    {
        const QTemporaryDir dir;
        const QString path = dir.filePath(u"token"_s);
        HandClock clock;
        TokenFiles files(clock);
        QCOMPARE(files.token(path), QByteArray());
        write(path, "one");
        QCOMPARE(files.token(path), "one"_ba);
        write(path, "other size"); // noticed by size or time
        QCOMPARE(files.token(path), "other size"_ba);
        writeUnnoticed(path, "OTHER SIZE");
        clock.ms += 49'999;
        QCOMPARE(files.token(path), "other size"_ba);
        clock.ms += 1;
        QCOMPARE(files.token(path), "OTHER SIZE"_ba);
    }

    void aLostTokenFileLeavesTheLastToken()
    {
        const QTemporaryDir dir;
        const QString path = dir.filePath(u"token"_s);
        HandClock clock;
        TokenFiles files(clock);
        write(path, "one");
        QCOMPARE(files.token(path), "one"_ba);
        write(path, " \n");
        QCOMPARE(files.token(path), "one"_ba);
        QVERIFY(QFile::remove(path));
        clock.ms += 60'000;
        QCOMPARE(files.token(path), "one"_ba);
    }
};

QTEST_GUILESS_MAIN(TestCredentials)
#include "tst_credentials.moc"

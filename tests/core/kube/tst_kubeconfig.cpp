#include "core/kube/kubeconfig.h"
#include "tests/core/kube/kubeconfigcases.h"

#include <QTest>

using namespace Fairlead::Kube;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(KubeconfigCase)

class TestKubeconfig : public QObject
{
    Q_OBJECT

private:
    /// Every sentence holds the pieces of its row, in order, and there are no others.
    static void compareSentences(const char *what, const QStringList &sentences, const QJsonValue &expected,
                                 const QString &root)
    {
        const QJsonArray rows = expected.toArray();
        QVERIFY2(sentences.size() == rows.size(),
                 qPrintable(QLatin1StringView(what) + ": "_L1 + sentences.join(u'\n')));
        for (qsizetype i = 0; i < sentences.size(); ++i) {
            for (const QJsonValue &piece : rows[i].toArray()) {
                const QString text = piece.toString().replace("$ROOT"_L1, root);
                QVERIFY2(sentences[i].contains(text),
                         qPrintable(u"%1: \"%2\" lacks \"%3\""_s.arg(QLatin1StringView(what), sentences[i], text)));
            }
        }
    }

    static QString serverText(const QUrl &url) { return url.toString(QUrl::FullyEncoded); }

    static Impersonation impersonation(const QJsonObject &object)
    {
        Impersonation result{object["user"_L1].toString(), object["uid"_L1].toString(), {}, {}};
        for (const QJsonValue &group : object["groups"_L1].toArray())
            result.groups += group.toString();
        const QJsonObject extra = object["extra"_L1].toObject();
        for (auto key = extra.begin(); key != extra.end(); ++key) {
            for (const QJsonValue &value : key.value().toArray())
                result.extra[key.key()] += value.toString();
        }
        return result;
    }

    static void compareConfig(const ConnectionConfig &config, const QJsonObject &expect, const QString &root)
    {
        const auto text = [&](QLatin1StringView name) { return expect[name].toString().replace("$ROOT"_L1, root); };
        QCOMPARE(serverText(config.server), text("url"_L1));
        QCOMPARE(config.namespaceName, expect.contains("namespace"_L1) ? text("namespace"_L1) : u"default"_s);
        QCOMPARE(config.token, text("token"_L1));
        QCOMPARE(config.tokenFile, text("tokenFile"_L1));
        const bool basic = !config.username.isEmpty() || !config.password.isEmpty();
        QCOMPARE(basic ? config.username + u':' + config.password : QString(u""_s), text("basic"_L1));
        QCOMPARE(config.tls.insecure, expect["insecure"_L1].toBool());
        QCOMPARE(config.tls.serverName, text("serverName"_L1));
        QCOMPARE(config.caSource, text("caSource"_L1));
        QCOMPARE(config.clientCertificateSource, text("clientCertificateSource"_L1));
        QCOMPARE(config.proxyUrl, text("proxy"_L1));
        QCOMPARE(config.disableCompression, expect["disableCompression"_L1].toBool());
        QCOMPARE(config.impersonate, impersonation(expect["impersonate"_L1].toObject()));
        QCOMPARE(config.authMethods.join(u' '), expect["authMethods"_L1].toVariant().toStringList().join(u' '));
        compareSentences("warnings", config.warnings, expect["warnings"_L1], root);
        compareSentences("unsupported", config.unsupported, expect["unsupported"_L1], root);
    }

private slots:
    void doesAsClientGoOrBetter_data()
    {
        QTest::addColumn<KubeconfigCase>("row");
        const QList<KubeconfigCase> rows = readKubeconfigCases();
        QCOMPARE(rows.size(), 83);
        for (const KubeconfigCase &row : rows)
            QTest::newRow(qPrintable(row.id)) << row;
    }

    void doesAsClientGoOrBetter()
    {
        QFETCH(const KubeconfigCase, row);
        const KubeconfigCaseFolder folder(row);
        const Kubeconfig kubeconfig = Kubeconfig::load(folder.options());

        compareSentences("file errors", kubeconfig.errors(), row.expect["fileErrors"_L1], folder.root());
        const Resolution resolution = kubeconfig.inspect(folder.flags());
        compareConfig(resolution.config, row.expect, folder.root());
        const QStringList errors = resolution.error.isEmpty() ? QStringList() : resolution.error.split(u'\n');
        compareSentences("errors", errors, row.expect["error"_L1], folder.root());
        QCOMPARE(resolution.kubectlText, row.expect["kubectl"_L1].toString().replace("$ROOT"_L1, folder.root()));

        const auto resolved = kubeconfig.resolve(folder.flags());
        QCOMPARE(resolved.hasValue(), errors.isEmpty());
        if (resolved)
            QCOMPARE(*resolved, resolution.config);
        else
            QCOMPARE(resolved.error(), resolution.error);
    }
};

QTEST_GUILESS_MAIN(TestKubeconfig)
#include "tst_kubeconfig.moc"

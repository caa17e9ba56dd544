#include "core/store/exchange/exporter.h"
#include "core/store/exchange/importer.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Fairlead;
using namespace Fairlead::Store;
using namespace Qt::StringLiterals;

namespace {

using Kind = Kube::TargetRef::Kind;

SavedForward forward(Kind kind, const QString &name, const QStringList &ports)
{
    SavedForward result;
    result.spec.context = u"dev"_s;
    result.spec.namespaceName = u"shop"_s;
    result.spec.target = {kind, name};
    for (const QString &port : ports)
        result.spec.ports.append(*Kube::parsePortArgument(port));
    return result;
}

/// One of each kind, and of each thing that some format cannot hold.
Profile everything()
{
    Profile profile{u"Team \"A\"\n$(rm -rf /)"_s, {}, {}, {}};
    profile.forwards = {forward(Kind::Service, u"web"_s, {u"8080:80"_s, u"9090"_s}),
                        forward(Kind::Pod, u"db-0"_s, {u":5432"_s}),
                        forward(Kind::Deployment, u"api"_s, {u"8081:8081"_s}),
                        forward(Kind::StatefulSet, u"queue"_s, {u"5672"_s}),
                        forward(Kind::Selector, u"app=x,tier in (a,b)"_s, {u"8000:80"_s}),
                        forward(Kind::Service, u"named"_s, {u"7000:http"_s}),
                        forward(Kind::Service, u"elsewhere"_s, {u"7001:80"_s}),
                        forward(Kind::Service, u"open"_s, {u"7002:80"_s})};
    profile.forwards[0].spec.name = u"it's \"web\"; echo `x` $HOME"_s;
    profile.forwards[6].spec.context = u"shop/api:6443/kube admin"_s;
    profile.forwards[7].spec.addresses = {u"127.0.0.2"_s, u"::1"_s};
    return profile;
}

/// Each port of each forward as a line, sorted; "NAME" is what the format has no place for.
QStringList portsOf(const QList<SavedForward> &forwards, const QString &keys)
{
    QStringList lines;
    for (const SavedForward &one : forwards) {
        for (const Kube::PortArgument &port : one.spec.ports) {
            QStringList words{Kube::targetText(one.spec.target), Kube::portText(port), one.spec.namespaceName};
            if (keys.contains(u'c'))
                words << one.spec.context;
            if (keys.contains(u'n'))
                words << one.spec.name;
            words << (keys.contains(u'a') ? one.spec.addresses.join(u',') : one.spec.addresses.first());
            lines << words.join(u" | "_s);
        }
    }
    lines.sort();
    return lines;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestExportForwards : public QObject
{
    Q_OBJECT

private slots:
    /// c, n, a: the format has a place for context, name, several addresses.
    void whatGoesOutComesBackTheSame_data()
    {
        QTest::addColumn<Format>("format");
        QTest::addColumn<QString>("keys");
        QTest::addColumn<QList<int>>("held");
        QTest::newRow("Fairlead profile") << Format::Profile << u"cna"_s << QList<int>{0, 1, 2, 3, 4, 5, 6, 7};
        QTest::newRow("kubectl") << Format::Commands << u"ca"_s << QList<int>{0, 1, 2, 3, 4, 5, 6, 7};
        QTest::newRow("kftray") << Format::Kftray << u"cn"_s << QList<int>{0, 4, 6, 7};
        QTest::newRow("Kube Forwarder") << Format::KubeForwarder << u"cn"_s << QList<int>{0, 1, 2, 7};
        QTest::newRow("Lens") << Format::Lens << u"ca"_s << QList<int>{0, 1, 7};
        QTest::newRow("krelay") << Format::Krelay << QString() << QList<int>{0, 1, 2, 3, 5, 6, 7};
    }
    void whatGoesOutComesBackTheSame()
    {
        QFETCH(Format, format);
        QFETCH(QString, keys);
        QFETCH(QList<int>, held);
        const Profile profile = everything();
        QList<SavedForward> expected;
        for (const int index : held)
            expected << profile.forwards.at(index);

        const Exported exported = exportForwards(profile, format);
        const auto imported =
            importForwards(exported.text, {}, {u"id.json"_s, R"({"clusters": [{"id": "id", "contextName": "dev"}]})"});

        QVERIFY2(imported, qPrintable(imported ? QString() : imported.error().text + QString::fromUtf8(exported.text)));
        QCOMPARE(imported->format, format);
        QCOMPARE(imported->count(ImportedRow::Fate::Skipped), 0);
        QCOMPARE(portsOf(imported->forwards(), keys), portsOf(expected, keys));
        QCOMPARE(exported.written, int(held.size()));
    }

    void aProfileComesBackWhole()
    {
        Profile profile = everything();
        SavedForward &api = profile.forwards[2];
        api.spec.policy = Forward::PodPolicy::Sticky;
        api.spec.preferredPod = u"api-0"_s;
        api.spec.about = {u"ask Ann"_s, {u"db"_s, u"x"_s}, u"red"_s, u"/login"_s};
        api.server = u"https://api.example:6443"_s;
        api.running = false;

        const auto imported = importForwards(exportForwards(profile, Format::Profile).text);

        QVERIFY(imported);
        const QList<SavedForward> again = imported->forwards();
        QCOMPARE(again.size(), profile.forwards.size());
        for (qsizetype i = 0; i < again.size(); ++i)
            QCOMPARE(again.at(i).spec, profile.forwards.at(i).spec);
        QCOMPARE(again.at(2).server, api.server);
        QVERIFY(!again.at(2).running);
    }

    void whatCannotBeHeldIsTold_data()
    {
        QTest::addColumn<Format>("format");
        QTest::addColumn<int>("index");
        QTest::addColumn<bool>("leftOut");
        QTest::addColumn<QString>("words");
        QTest::newRow("kftray: a pod by name") << Format::Kftray << 1 << true << u"labels only"_s;
        QTest::newRow("kftray: a port by name") << Format::Kftray << 5 << true << u"by name"_s;
        QTest::newRow("kftray: two ports") << Format::Kftray << 0 << false << u"of its own"_s;
        QTest::newRow("kftray: two addresses") << Format::Kftray << 7 << false << u"127.0.0.2"_s;
        QTest::newRow("Kube Forwarder: another context") << Format::KubeForwarder << 6 << true << u"one cluster"_s;
        QTest::newRow("Kube Forwarder: a stateful set") << Format::KubeForwarder << 3 << true << u"deployments only"_s;
        QTest::newRow("Lens: a deployment") << Format::Lens << 2 << true << u"pods and services only"_s;
        QTest::newRow("krelay: a selector") << Format::Krelay << 4 << true << u"selector"_s;
        QTest::newRow("krelay: its name") << Format::Krelay << 0 << false << u"name, context"_s;
    }
    void whatCannotBeHeldIsTold()
    {
        QFETCH(Format, format);
        QFETCH(int, index);
        QFETCH(bool, leftOut);
        QFETCH(QString, words);

        const Exported exported = exportForwards(everything(), format);

        QStringList said;
        for (const ExportRemark &remark : exported.remarks) {
            if (remark.forward == index && remark.leftOut == leftOut)
                said << remark.text;
        }
        QVERIFY2(said.join(u'\n').contains(words), qPrintable(said.join(u'\n')));
    }

    void whatIsForPeopleIsToldWhereItIsLost()
    {
        Profile profile{u"a"_s, {}, {forward(Kind::Service, u"web"_s, {u"80"_s})}, {}};
        profile.forwards.first().spec.about = {u"ask Ann"_s, {u"db"_s}, u"red"_s, u"/login"_s};
        profile.forwards.first().spec.policy = Forward::PodPolicy::Sticky;
        profile.forwards.first().running = false;

        QVERIFY(exportForwards(profile, Format::Profile).remarks.isEmpty());
        const Exported script = exportForwards(profile, Format::Commands);
        QCOMPARE(script.remarks.size(), 1);
        QVERIFY(script.remarks.first().text.contains("policy, running, notes, tags, color, url"_L1));
    }

    void noPathOfThisMachineGoesOut_data() { whatGoesOutComesBackTheSame_data(); }
    void noPathOfThisMachineGoesOut()
    {
        QFETCH(Format, format);
        Profile profile = everything();
        for (SavedForward &one : profile.forwards)
            one.spec.kubeconfig = u"/home/ann/secret.yaml"_s;
        QVERIFY(!exportForwards(profile, format).text.contains("ann"));
    }

    /// Run by a real shell with a kubectl that only writes down what it was called with.
    void theScriptRunsEachForwardAsItIs()
    {
        const QTemporaryDir folder;
        QFile kubectl(folder.filePath(u"kubectl"_s));
        QVERIFY(kubectl.open(QIODevice::WriteOnly));
        kubectl.write("#!/bin/sh\n"
                      "case \" $* \" in *' get '*) echo pod/picked; exit;; esac\n"
                      "{ for word; do printf '<%s>' \"$word\"; done; echo; } >\"$OUT.$$\"\n");
        kubectl.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        kubectl.close();
        QFile script(folder.filePath(u"run.sh"_s));
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write(exportForwards(everything(), Format::Commands).text);
        script.close();
        QProcess shell;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PATH"_s, folder.path() + u':' + environment.value(u"PATH"_s));
        environment.insert(u"OUT"_s, folder.filePath(u"call"_s));
        shell.setProcessEnvironment(environment);

        shell.start(u"sh"_s, {script.fileName()});

        QVERIFY(shell.waitForFinished(60'000));
        QCOMPARE(shell.readAllStandardError(), QByteArray());
        QCOMPARE(shell.exitCode(), 0);
        QByteArrayList calls;
        for (const QString &name : QDir(folder.path()).entryList({u"call.*"_s}))
            calls << contentOf(folder.filePath(name));
        QCOMPARE(calls.size(), 8);
        QVERIFY(calls.contains("<--context><shop/api:6443/kube admin><-n><shop><port-forward><service/elsewhere>"
                               "<7001:80>\n"));
        QVERIFY(calls.contains("<--context><dev><-n><shop><port-forward><pod/picked><8000:80>\n"));
    }
};

QTEST_GUILESS_MAIN(TestExportForwards)

#include "tst_exportforwards.moc"

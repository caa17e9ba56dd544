#include "core/kube/config/contextstore.h"
#include "core/store/settings.h"
#include "tests/core/kube/fakecluster.h"
#include "ui/pickerdialog.h"

#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace Fairlead;
using namespace Fairlead::Test;
using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int kDeadline = 60'000;

QByteArray podJson(const QByteArray &name)
{
    return R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":")" + name
        + R"(","namespace":"ns","uid":"1"},"spec":{"nodeName":"n","containers":[{"name":"c","ports":[{"name":"http","containerPort":8080}]}]},"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}})";
}

} // namespace

/// The dialog with a kubeconfig, the browser and a server behind it: real files, sockets and threads.
class TestPickerDialog : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Store::Settings>(m_folder->filePath(u"settings.ini"_s));
        m_cluster = std::make_unique<FakeCluster>();
        m_cluster->fault = [this](const HttpRequest &request, HttpAnswerer out) {
            if (m_namespacesForbidden && !request.path.contains("/pods")) {
                out.respond(403, statusJson(403, "Forbidden", "namespaces is forbidden"));
                return true;
            }
            const QByteArray prefix = "/api/v1/namespaces/ns/pods/";
            if (!request.path.startsWith(prefix))
                return false;
            out.respond(200, podJson(request.path.mid(prefix.size())));
            return true;
        };
        m_namespacesForbidden = false;
        for (const auto *name : {"api-0", "api-1", "web-0"})
            m_cluster->setPod(QString::fromLatin1(name), u"Running"_s);
        writeKubeconfig(m_cluster->url().toString().toUtf8());
    }

    void cleanup()
    {
        m_dialog.reset();
        m_contexts.reset();
        m_cluster.reset();
        m_settings.reset();
    }

    void fromOpeningToTheForward()
    {
        open();
        const QSignalSpy wanted(m_dialog.get(), &PickerDialog::forwardRequested);
        QTRY_COMPARE_WITH_TIMEOUT(pods()->model()->rowCount(), 3, kDeadline);

        QTest::keyClicks(part<QLineEdit>("filter"), u"web"_s);
        QTRY_COMPARE_WITH_TIMEOUT(pods()->model()->rowCount(), 1, kDeadline);
        QTest::keyClick(part<QLineEdit>("filter"), Qt::Key_Return);

        QTRY_COMPARE_WITH_TIMEOUT(wanted.count(), 1, kDeadline);
        const auto spec = wanted.at(0).at(0).value<Forward::ForwardSpec>();
        QCOMPARE(spec.context, u"test"_s);
        QCOMPARE(spec.namespaceName, u"ns"_s);
        QCOMPARE(spec.target.name, u"web-0"_s);
        QCOMPARE(spec.ports, (QList<Kube::PortArgument>{{std::nullopt, u"8080"_s}}));
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(m_dialog->result(), int(QDialog::Accepted));
        QCOMPARE(m_settings->lastContext(), u"test"_s);
        QCOMPARE(m_settings->lastNamespace(u"test"_s), u"ns"_s);
    }

    void podsComeAndGoWhileItIsOpen()
    {
        open();
        QTRY_COMPARE_WITH_TIMEOUT(pods()->model()->rowCount(), 3, kDeadline);
        QTRY_VERIFY_WITH_TIMEOUT(m_cluster->openWatches() > 0, kDeadline);
        m_cluster->change("ADDED", u"new-0"_s, u"Pending"_s);
        QTRY_COMPARE_WITH_TIMEOUT(pods()->model()->rowCount(), 4, kDeadline);
        m_cluster->change("DELETED", u"api-0"_s, u"Running"_s);
        QTRY_COMPARE_WITH_TIMEOUT(pods()->model()->rowCount(), 3, kDeadline);
    }

    void aTypedNamespaceIsRememberedWhereNoneCanBeListed()
    {
        m_namespacesForbidden = true;
        open();
        QTRY_VERIFY_WITH_TIMEOUT(part<QWidget>("namespacesMessage")->isVisible(), kDeadline);
        auto *box = part<QComboBox>("namespace");
        QVERIFY(box->findText(u"ns"_s) >= 0); // the kubeconfig's is offered
        QVERIFY(box->findText(u"elsewhere"_s) < 0);
        box->lineEdit()->selectAll();
        QTest::keyClicks(box->lineEdit(), u"team"_s);
        QTest::keyClick(box->lineEdit(), Qt::Key_Return);
        QTRY_COMPARE(m_settings->typedNamespaces(u"test"_s), QStringList{u"team"_s});
        QTRY_VERIFY_WITH_TIMEOUT(m_cluster->server().count("/api/v1/namespaces/team/pods") > 0, kDeadline);
        QVERIFY(m_dialog->isVisible());
    }

    void itBeginsWhereItWasLast()
    {
        m_settings->setLastNamespace(u"test"_s, u"other"_s);
        open();
        QCOMPARE(part<QComboBox>("namespace")->currentText(), u"other"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_cluster->server().count("/api/v1/namespaces/other/pods") > 0, kDeadline);
    }

    void aContextThatAppearsIsOffered()
    {
        QFile::remove(kubeconfig());
        open();
        QCOMPARE(part<QComboBox>("context")->count(), 0);
        QVERIFY(!part<QComboBox>("context")->isEnabled());
        writeKubeconfig(m_cluster->url().toString().toUtf8());
        QTRY_COMPARE_WITH_TIMEOUT(part<QComboBox>("context")->count(), 1, kDeadline);
        QTRY_COMPARE_WITH_TIMEOUT(pods()->model()->rowCount(), 3, kDeadline);
    }

    void aServerThatIsGoneIsSaidInWords()
    {
        writeKubeconfig("http://127.0.0.1:1");
        open();
        QTRY_VERIFY_WITH_TIMEOUT(part<QWidget>("podsMessage")->isVisible(), kDeadline);
        writeKubeconfig(m_cluster->url().toString().toUtf8()); // corrected: no restart is needed
        QTRY_COMPARE_WITH_TIMEOUT(pods()->model()->rowCount(), 3, kDeadline);
        QVERIFY(!part<QWidget>("podsMessage")->isVisible());
    }

    void contextsOfAddedFilesAreOfferedAndKeepTheirFile()
    {
        const QString name = u"default/api-okd-example:6443/kube:admin"_s;
        const QString lab = m_folder->filePath(u"lab.yaml"_s);
        QFile file(lab);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("apiVersion: v1\nkind: Config\nclusters: [{name: c, cluster: {server: \""
                   + m_cluster->url().toString().toUtf8()
                   + "\"}}]\nusers: [{name: u, user: {}}]\ncontexts:\n- {name: \"" + name.toUtf8()
                   + "\", context: {cluster: c, user: u, namespace: ns}}\n");
        file.close();
        m_settings->setAddedKubeconfigs({lab});
        open();
        m_contexts->setAddedFiles({lab}); // as the window does at its start
        auto *contexts = part<QComboBox>("context");
        QCOMPARE(contexts->count(), 2);
        QCOMPARE(contexts->itemText(1), name + u" (lab.yaml)"_s);
        QCOMPARE(contexts->currentIndex(), 0);
        contexts->setFocus();
        QTest::keyClick(contexts, Qt::Key_Down);
        QTRY_COMPARE_WITH_TIMEOUT(pods()->model()->rowCount(), 3, kDeadline);
        const QSignalSpy wanted(m_dialog.get(), &PickerDialog::forwardRequested);
        part<QLineEdit>("filter")->setFocus();
        QTest::keyClicks(part<QLineEdit>("filter"), u"web"_s);
        QTest::keyClick(part<QLineEdit>("filter"), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(wanted.count(), 1, kDeadline);
        const auto spec = wanted.at(0).at(0).value<Forward::ForwardSpec>();
        QCOMPARE(spec.context, name);
        QCOMPARE(spec.kubeconfig, lab);
        const QString command = Forward::commandLine(spec, u"oc"_s);
        QVERIFY2(command.startsWith(u"oc --kubeconfig %1 --context %2 -n ns port-forward"_s.arg(lab, name)),
                 qPrintable(command)); // nothing of such a name needs quotes

        QCOMPARE(Kube::contextFromKey(m_settings->lastContext()), Kube::ContextRef(name, lab));
    }

    void theListRefreshesWithoutLosingTheChoice()
    {
        open();
        QTRY_COMPARE_WITH_TIMEOUT(pods()->model()->rowCount(), 3, kDeadline);
        part<QLineEdit>("filter")->setText(u"api"_s);
        writeKubeconfig(m_cluster->url().toString().toUtf8(), ", {name: aaa, context: {cluster: c, user: nobody}}");
        auto *contexts = part<QComboBox>("context");
        QTRY_COMPARE_WITH_TIMEOUT(contexts->count(), 2, kDeadline);
        QCOMPARE(contexts->currentText(), u"test"_s);
        QCOMPARE(pods()->model()->rowCount(), 2); // what is on show stays as it is
        QVERIFY(contexts->itemData(1, Qt::ToolTipRole).toString().contains(u"nobody"_s));
    }

    void escapeClosesItAtAnyTime()
    {
        m_cluster->fault = [](const HttpRequest &, HttpAnswerer) { return true; }; // answers nothing
        open();
        QTest::keyClick(part<QLineEdit>("filter"), Qt::Key_Escape);
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(m_dialog->result(), int(QDialog::Rejected));
    }

private:
    [[nodiscard]] QString kubeconfig() const { return m_folder->filePath(u"config"_s); }

    void writeKubeconfig(const QByteArray &server, const QByteArray &more = {}) const
    {
        QFile file(kubeconfig());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("apiVersion: v1\nkind: Config\ncurrent-context: test\n"
                   "clusters: [{name: c, cluster: {server: \""
                   + server
                   + "\"}}]\nusers: [{name: u, user: {}}]\n"
                     "contexts: [{name: test, context: {cluster: c, user: u, namespace: ns}}"
                   + more + "]\n");
    }

    void open()
    {
        Kube::ConnectionFlags flags;
        flags.kubeconfig = kubeconfig();
        m_contexts = std::make_unique<Kube::ContextStore>(flags);
        m_dialog = std::make_unique<PickerDialog>(*m_contexts, *m_settings);
        m_dialog->show();
        m_dialog->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }

    template <typename T>
    [[nodiscard]] T *part(const char *name) const
    {
        return m_dialog->findChild<T *>(QString::fromLatin1(name));
    }
    [[nodiscard]] QTreeView *pods() const { return part<QTreeView>("pods"); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store::Settings> m_settings;
    std::unique_ptr<FakeCluster> m_cluster;
    std::unique_ptr<Kube::ContextStore> m_contexts;
    std::unique_ptr<PickerDialog> m_dialog;
    bool m_namespacesForbidden = false;
};

QTEST_MAIN(TestPickerDialog)
#include "tst_pickerdialog.moc"

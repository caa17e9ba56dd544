#include "tests/ui/picker/podrows.h"
#include "ui/colorscheme.h"
#include "ui/picker/pickerform.h"
#include "ui/translations.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QTreeView>

using namespace Fairlead;
using namespace Fairlead::Ui;
using namespace Qt::StringLiterals;
using Fairlead::Kube::ApiError;
using Fairlead::Test::manyPods;
using Fairlead::Test::podRow;

namespace {

Kube::ContextSummary context(const QString &name, const QString &problem = {})
{
    Kube::ContextSummary summary;
    summary.name = name;
    summary.server = u"https://api.%1.example:6443"_s.arg(name);
    summary.user = u"ann"_s;
    summary.problem = problem;
    return summary;
}

Kube::PodInfo podInfo(const QString &name, const QList<Kube::ContainerPort> &ports)
{
    Kube::PodInfo pod;
    pod.namespaceName = u"shop"_s;
    pod.name = name;
    pod.phase = u"Running"_s;
    pod.status = u"Running"_s;
    pod.ready = true;
    pod.owner = u"ReplicaSet/api-5d4f8c7b9"_s;
    pod.ports = ports;
    return pod;
}

Kube::ServiceInfo service(const QString &name, const QList<Kube::ServicePort> &ports)
{
    Kube::ServiceInfo service;
    service.namespaceName = u"shop"_s;
    service.name = name;
    service.selector = u"app=%1,tier=front"_s.arg(name);
    service.ports = ports;
    return service;
}

const QList<Kube::ContainerPort> kWebPorts = {{u"http"_s, 8080, u"TCP"_s, u"api"_s},
                                              {u"metrics"_s, 9090, u"TCP"_s, u"api"_s}};

ApiError error(ApiError::Kind kind, const QString &message, const QString &detail = {})
{
    ApiError failure;
    failure.kind = kind;
    failure.message = message;
    failure.detail = detail;
    return failure;
}

} // namespace

/// The picker as a user meets it, without a cluster: what a browser would say is said by the test.
class TestPickerForm : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { installTranslations(*QCoreApplication::instance(), QLocale(QLocale::English)); }
    void init()
    {
        m_form = std::make_unique<PickerForm>();
        m_form->resize(940, 560);
        m_wanted = std::make_unique<QSignalSpy>(m_form.get(), &PickerForm::forwardRequested);
        m_asked = std::make_unique<QSignalSpy>(m_form.get(), &PickerForm::podWanted);
        m_form->show();
        m_form->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_form.get()));
        m_form->setContexts({context(u"okd-dev"_s), context(u"okd-prod"_s, u"The user “bob” is not defined."_s)},
                            u"okd-dev"_s);
        m_form->start(u"shop"_s, {u"typed-before"_s});
    }
    void cleanup()
    {
        m_wanted.reset();
        m_asked.reset();
        m_form.reset();
    }

    void theFilterHasTheFocus() { QCOMPARE(QApplication::focusWidget(), filter()); }

    void fiveKeystrokesForwardThePodThatIsMeant()
    {
        listPods();
        QTest::keyClicks(filter(), u"web"_s);
        QTRY_COMPARE(m_asked->count(), 1);
        QCOMPARE(m_asked->at(0).at(1).toString(), u"web-0"_s);
        m_form->takePodDetails(podInfo(u"web-0"_s, kWebPorts));
        QTest::keyClick(filter(), Qt::Key_Return);

        QCOMPARE(m_wanted->count(), 1);
        const auto spec = wanted();
        QCOMPARE(spec.context, u"okd-dev"_s);
        QCOMPARE(spec.namespaceName, u"shop"_s);
        QCOMPARE(spec.target.name, u"web-0"_s);
        QCOMPARE(spec.ports, (QList<Kube::PortArgument>{{std::nullopt, u"8080"_s}}));
        QCOMPARE(spec.addresses, QStringList{u"localhost"_s});
        QCOMPARE(spec.name, u"web-0"_s);
    }

    void enterBeforeThePortsAreKnownForwardsWhenTheyAre()
    {
        listPods();
        QTest::keyClick(filter(), Qt::Key_Return);
        QCOMPARE(m_asked->count(), 1); // at once, not after the usual delay
        QCOMPARE(m_wanted->count(), 0);

        m_form->takePodDetails(podInfo(u"web-0"_s, kWebPorts)); // a late answer about another one
        QCOMPARE(m_wanted->count(), 0);
        m_form->takePodDetails(podInfo(u"api-0"_s, kWebPorts));

        QCOMPARE(m_wanted->count(), 1);
        QCOMPARE(wanted().target.name, u"api-0"_s);
        QCOMPARE(wanted().name, u"api"_s); // its owner's name, without the hash
    }

    void aPodWithoutDeclaredPortsAsksForOne()
    {
        listPods();
        QTest::keyClick(filter(), Qt::Key_Return);
        m_form->takePodDetails(podInfo(u"api-0"_s, {}));
        QCOMPARE(m_wanted->count(), 0);
        QCOMPARE(QApplication::focusWidget(), otherPort());

        QTest::keyClicks(otherPort(), u"15432:5432"_s);
        QTest::keyClick(otherPort(), Qt::Key_Return); // adds it
        QCOMPARE(m_wanted->count(), 0);
        QCOMPARE(part<QTreeView>("ports")->model()->rowCount(), 1);
        QTest::keyClick(otherPort(), Qt::Key_Return); // forwards

        QCOMPARE(m_wanted->count(), 1);
        QCOMPARE(wanted().ports, (QList<Kube::PortArgument>{{quint16(15432), u"5432"_s}}));
    }

    void theForwardButtonTakesWhatIsTypedButNotAdded()
    {
        listPods();
        m_form->takePodDetails(podInfo(u"api-0"_s, {}));
        QVERIFY(!button()->isEnabled());
        QTest::keyClicks(otherPort(), u"99999"_s);
        QVERIFY(button()->isEnabled());
        button()->click();
        QCOMPARE(m_wanted->count(), 0);
        QTRY_VERIFY(part<QLabel>("portProblem")->isVisible());
        otherPort()->selectAll();
        QTest::keyClicks(otherPort(), u"5432"_s);
        QVERIFY(!part<QLabel>("portProblem")->isVisible());
        button()->click();
        QCOMPARE(m_wanted->count(), 1);
    }

    void arrowKeysInTheFilterMoveInThePods()
    {
        listPods();
        QCOMPARE(currentPod(), u"api-0"_s);
        QTest::keyClick(filter(), Qt::Key_Down);
        QCOMPARE(currentPod(), u"api-1"_s);
        QTest::keyClick(filter(), Qt::Key_Up);
        QCOMPARE(currentPod(), u"api-0"_s);
        QTest::keyClick(filter(), Qt::Key_PageDown);
        QCOMPARE(currentPod(), u"web-0"_s);
        QCOMPARE(QApplication::focusWidget(), filter());
    }

    void controlEnterMovesOnToThePorts()
    {
        listPods();
        m_form->takePodDetails(podInfo(u"api-0"_s, kWebPorts));
        QTest::keyClick(filter(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(QApplication::focusWidget(), part<QTreeView>("ports"));
        QCOMPARE(m_wanted->count(), 0);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(wanted().ports.size(), 2);
    }

    void aPodThatTheUserChoseStaysWhileOthersArrive()
    {
        listPods();
        QTest::keyClick(filter(), Qt::Key_Down);
        m_form->takePods({podRow(u"aaa"_s), podRow(u"abc"_s)}, {u"shop/api-0"_s});
        QCOMPARE(currentPod(), u"api-1"_s);
    }

    void theBestMatchIsSelectedWhileTheUserHasNotChosen()
    {
        listPods();
        m_form->takePods({podRow(u"aaa"_s)}, {});
        QCOMPARE(currentPod(), u"aaa"_s);
        QTest::keyClicks(filter(), u"api"_s);
        QCOMPARE(currentPod(), u"api-0"_s);
    }

    void itWorksWhilePagesArrive()
    {
        m_form->takePods(manyPods(100), {});
        m_form->podsProgress(100, 214, false);
        QCOMPARE(progress(), u"100 of 214 pods · loading more…"_s);
        QTest::keyClicks(filter(), u"orders"_s);
        QCOMPARE(progress(), u"34 of 214 pods · loading more…"_s);
        m_form->podsProgress(100, 100, true);
        QCOMPARE(progress(), u"34 of 100 pods"_s);
        filter()->clear();
        QCOMPARE(progress(), u"100 pods"_s);
    }

    void saysWhyThereIsNothing()
    {
        QVERIFY(says(u"Reading the pods of shop…"_s));
        m_form->podsProgress(0, 0, true);
        QVERIFY(says(u"No pods in shop"_s));
        listPods();
        QTest::keyClicks(filter(), u"graf"_s);
        QVERIFY(says(u"No pod matches “graf”"_s));
        QVERIFY(says(u"Choose a pod"_s));
        QVERIFY(!button()->isEnabled());
        clickButton(u"Clear filter"_s);
        QVERIFY(filter()->text().isEmpty());
        QCOMPARE(currentPod(), u"api-0"_s);
        m_form->setContexts({}, {});
        m_form->showNoContexts({});
        QVERIFY(says(u"No clusters found"_s));
        const QSignalSpy open(m_form.get(), &PickerForm::addKubeconfigRequested);
        clickButton(u"Add kubeconfig…"_s);
        QCOMPARE(open.count(), 1);
    }

    void aContextThatCannotBeUsedSaysWhy()
    {
        m_form->showUnusable({u"Signing in with the plugin “kubelogin” is not supported yet."_s});
        QVERIFY(says(u"This context cannot be used"_s));
        QVERIFY(says(u"Signing in with the plugin “kubelogin” is not supported yet."_s));
        QVERIFY(!button()->isEnabled());
    }

    void aContextsProblemIsItsToolTip()
    {
        const auto *contexts = part<QComboBox>("context");
        QVERIFY(contexts->itemData(0, Qt::ToolTipRole).toString().contains(u"https://api.okd-dev.example:6443"_s));
        QVERIFY(contexts->itemData(1, Qt::ToolTipRole).toString().contains(u"bob"_s));
    }

    void whereNamespacesMayNotBeListedOneIsTyped()
    {
        const QSignalSpy chosen(m_form.get(), &PickerForm::namespaceChosen);
        m_form->namespacesFailed(error(ApiError::Kind::Forbidden, u"Not allowed."_s));
        QVERIFY(says(u"You may list neither namespaces nor projects here: type the name of a namespace."_s));
        auto *box = part<QComboBox>("namespace");
        QCOMPARE(box->currentText(), u"shop"_s);
        QCOMPARE(box->findText(u"typed-before"_s), 0);

        box->lineEdit()->selectAll();
        QTest::keyClicks(box->lineEdit(), u"team"_s);
        QTest::keyClick(box->lineEdit(), Qt::Key_Return);

        QTRY_COMPARE(chosen.count(), 1);
        QCOMPARE(chosen.at(0).at(0).toString(), u"team"_s);
        QCOMPARE(chosen.at(0).at(1).toBool(), true);
        QCOMPARE(m_wanted->count(), 0);
    }

    void projectsAreCalledProjects()
    {
        m_form->namespacesAreProjects();
        m_form->takeNamespaces({{u"shop"_s, false}, {u"team"_s, false}}, true);
        auto *box = part<QComboBox>("namespace");
        QCOMPARE(box->accessibleName(), u"Project"_s);
        QVERIFY(box->toolTip().contains(u"You may not list namespaces here."_s));
        QCOMPARE(box->count(), 2); // without "All namespaces"
        QCOMPARE(box->currentText(), u"shop"_s);

        m_form->start(u"shop"_s, {}); // another context
        m_form->takeNamespaces({{u"shop"_s, false}, {u"team"_s, false}}, true);
        QCOMPARE(box->accessibleName(), u"Namespace"_s);
        QCOMPARE(box->count(), 3);
        QVERIFY(box->toolTip().isEmpty());
    }

    void aNamespaceOfTheListIsChosen()
    {
        const QSignalSpy chosen(m_form.get(), &PickerForm::namespaceChosen);
        m_form->takeNamespaces({{u"shop"_s, false}, {u"team"_s, false}}, true);
        auto *box = part<QComboBox>("namespace");
        QCOMPARE(box->currentText(), u"shop"_s);
        box->setCurrentIndex(box->findText(u"team"_s));
        emit box->activated(box->currentIndex());
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.at(0).at(0).toString(), u"team"_s);
        QCOMPARE(chosen.at(0).at(1).toBool(), false);
    }

    void enterInTheNamespaceFieldGoesOnToTheFilter_data()
    {
        QTest::addColumn<bool>("withCompletions");
        QTest::addRow("from the field") << false;
        QTest::addRow("from the list of completions") << true;
    }

    void enterInTheNamespaceFieldGoesOnToTheFilter()
    {
        QFETCH(const bool, withCompletions);
        m_form->takeNamespaces({{u"shop"_s, false}, {u"team"_s, false}}, true);
        const QSignalSpy chosen(m_form.get(), &PickerForm::namespaceChosen);
        auto *line = part<QComboBox>("namespace")->lineEdit();
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, u"team"_s);
        QWidget *popup = part<QComboBox>("namespace")->completer()->popup();
        if (withCompletions)
            QTRY_VERIFY(popup->isVisible());
        else
            popup->hide();
        QTest::keyClick(withCompletions ? popup : line, Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.at(0).at(0).toString(), u"team"_s);
        QCOMPARE(QApplication::focusWidget(), filter());
        QCOMPARE(m_wanted->count(), 0);
    }

    void allNamespacesShowTheirColumn()
    {
        const auto *pods = part<QTreeView>("pods");
        QVERIFY(pods->isColumnHidden(1));
        m_form->start({}, {});
        QVERIFY(!pods->isColumnHidden(1));
        QCOMPARE(part<QComboBox>("namespace")->currentText(), u"All namespaces"_s);
        m_form->takePods({podRow(u"api-0"_s, u"Running"_s, u"team"_s)}, {});
        m_form->podsProgress(1, 1, true);
        QTest::keyClick(filter(), Qt::Key_Return);
        Kube::PodInfo pod = podInfo(u"api-0"_s, kWebPorts);
        pod.namespaceName = u"team"_s;
        m_form->takePodDetails(pod);
        QCOMPARE(wanted().namespaceName, u"team"_s);
    }

    void aFailedListSaysTheServersWordsAndCanBeRetried()
    {
        const QSignalSpy retry(m_form.get(), &PickerForm::retryRequested);
        m_form->podsFailed(
            error(ApiError::Kind::Forbidden, u"You may not list pods in shop."_s, u"pods is forbidden: User \"ann\""_s),
            -1);
        QVERIFY(says(u"You may not list pods in shop."_s));
        QVERIFY(says(u"pods is forbidden: User \"ann\""_s));
        clickButton(u"Retry"_s);
        QCOMPARE(retry.count(), 1);
    }

    void podsThatAreThereStayWhenTheWatchBreaks()
    {
        listPods();
        m_form->podsFailed(error(ApiError::Kind::Network, u"The server did not answer."_s), 2000);
        QCOMPARE(currentPod(), u"api-0"_s);
        QVERIFY(says(u"The server did not answer. Fairlead keeps trying."_s));
        m_form->podsProgress(3, 3, true);
        QVERIFY(!says(u"The server did not answer. Fairlead keeps trying."_s));
    }

    void afterAFailureANewListIsShown()
    {
        m_form->podsFailed(error(ApiError::Kind::Network, u"The server did not answer."_s), 2000);
        m_form->podsReset();
        listPods();
        QCOMPARE(currentPod(), u"api-0"_s);
        QVERIFY(part<QTreeView>("pods")->isVisible());
    }

    void portsCanBeTypedWhenThePodCannotBeRead()
    {
        listPods();
        m_form->podDetailsFailed(u"shop"_s, u"api-0"_s,
                                 error(ApiError::Kind::Forbidden, u"You may not read this pod."_s));
        QVERIFY(says(u"You may not read this pod."_s));
        QTest::keyClicks(otherPort(), u"8080"_s);
        button()->click();
        QCOMPARE(m_wanted->count(), 1);
    }

    void aPodThatDoesNotRunSaysWhatToExpect_data()
    {
        QTest::addColumn<QString>("phase");
        QTest::addColumn<bool>("deleting");
        QTest::addColumn<QString>("words");
        QTest::addRow("pending") << u"Pending"_s << false << u"not running yet (ImagePullBackOff)"_s;
        QTest::addRow("succeeded") << u"Succeeded"_s << false << u"has ended (ImagePullBackOff)"_s;
        QTest::addRow("deleting") << u"Running"_s << true << u"being deleted"_s;
        QTest::addRow("not ready") << u"Running"_s << false << u"not ready (ImagePullBackOff)"_s;
    }

    void aPodThatDoesNotRunSaysWhatToExpect()
    {
        QFETCH(const QString, phase);
        QFETCH(const bool, deleting);
        QFETCH(const QString, words);
        listPods();
        Kube::PodInfo pod = podInfo(u"api-0"_s, kWebPorts);
        pod.phase = phase;
        pod.status = u"ImagePullBackOff"_s;
        pod.deleting = deleting;
        pod.ready = false;
        m_form->takePodDetails(pod);
        QVERIFY2(part<QLabel>("podState")->text().contains(words), qPrintable(part<QLabel>("podState")->text()));
        QVERIFY(button()->isEnabled());
    }

    void aServiceIsForwardedByItsOwnPorts()
    {
        listPods();
        const QSignalSpy asked(m_form.get(), &PickerForm::servicesWanted);
        kinds()->setCurrentIndex(1);
        QCOMPARE(asked.count(), 1);
        m_form->servicesReset();
        QVERIFY(says(u"Reading the services of shop…"_s));
        QVERIFY(!button()->isEnabled());
        auto *services = part<QLineEdit>("serviceFilter");
        QCOMPARE(QApplication::focusWidget(), services);

        m_form->takeServices({service(u"api"_s, {{u"http"_s, u"TCP"_s, 80, u"8080"_s}}),
                              service(u"web"_s, {{u"http"_s, u"TCP"_s, 80, u"web"_s}})});
        QTest::keyClicks(services, u"web"_s);
        QCOMPARE(part<QTreeView>("services")->model()->rowCount(), 1);
        QVERIFY(says(u"leads to pods with app=web, tier=front"_s));
        QVERIFY2(command().contains(u"service/web"_s), qPrintable(command()));
        QTest::keyClick(services, Qt::Key_Return);

        QCOMPARE(m_wanted->count(), 1);
        QCOMPARE(wanted().target, (Kube::TargetRef{Kube::TargetRef::Kind::Service, u"web"_s}));
        QCOMPARE(wanted().namespaceName, u"shop"_s);
        QCOMPARE(wanted().name, u"web"_s);
        QCOMPARE(wanted().ports.size(), 1);
        QCOMPARE(wanted().ports.first().remote, u"80"_s);
        QCOMPARE(wanted().policy, Forward::PodPolicy::Sticky);
        QVERIFY(wanted().preferredPod.isEmpty());
    }

    void aServiceWithoutPodsCannotBeForwarded_data()
    {
        QTest::addColumn<QString>("externalName");
        QTest::addColumn<QString>("words");
        QTest::addRow("external name") << u"db.example.org"_s << u"leads out of the cluster, to db.example.org"_s;
        QTest::addRow("no selector") << QString() << u"has no selector"_s;
    }

    void aServiceWithoutPodsCannotBeForwarded()
    {
        QFETCH(const QString, externalName);
        QFETCH(const QString, words);
        kinds()->setCurrentIndex(1);
        Kube::ServiceInfo outside = service(u"outside"_s, {{QString(), u"TCP"_s, 5432, {}}});
        outside.selector.clear();
        outside.externalName = externalName;
        m_form->takeServices({outside});
        QVERIFY2(part<QLabel>("podState")->text().contains(words), qPrintable(part<QLabel>("podState")->text()));
        QVERIFY(!button()->isEnabled());
        QTest::keyClick(part<QLineEdit>("serviceFilter"), Qt::Key_Return);
        QCOMPARE(m_wanted->count(), 0);
    }

    void backAtThePodsTheChosenOneIsReadAgain()
    {
        listPods();
        m_form->takePodDetails(podInfo(u"api-0"_s, kWebPorts));
        kinds()->setCurrentIndex(1);
        m_form->takeServices({service(u"api-0"_s, {{u"x"_s, u"TCP"_s, 81, {}}})});
        m_form->takePodDetails(podInfo(u"api-0"_s, kWebPorts)); // late
        QCOMPARE(part<QTreeView>("ports")->model()->rowCount(), 1);
        const auto asked = m_asked->count();
        kinds()->setCurrentIndex(0);
        QTRY_COMPARE(m_asked->count(), asked + 1);
        m_form->takePodDetails(podInfo(u"api-0"_s, kWebPorts));
        QCOMPARE(part<QTreeView>("ports")->model()->rowCount(), 2);
        button()->click();
        QCOMPARE(wanted().target.kind, Kube::TargetRef::Kind::Pod);
        const QSignalSpy services(m_form.get(), &PickerForm::servicesWanted);
        kinds()->setCurrentIndex(1);
        QCOMPARE(services.count(), 0); // they are listed already
    }

    void aServiceThatTheUserChoseStaysWhileOthersChange()
    {
        kinds()->setCurrentIndex(1);
        const auto ports = QList<Kube::ServicePort>{{u"http"_s, u"TCP"_s, 80, {}}, {u"more"_s, u"TCP"_s, 81, {}}};
        m_form->takeServices({service(u"a"_s, ports), service(u"b"_s, ports), service(u"c"_s, ports)});
        QTest::keyClick(part<QLineEdit>("serviceFilter"), Qt::Key_Down);
        auto *rows = part<QTreeView>("ports")->model();
        rows->setData(rows->index(1, 0), Qt::Checked, Qt::CheckStateRole);
        m_form->takeServices({service(u"0"_s, ports), service(u"b"_s, ports), service(u"d"_s, ports)});
        button()->click();
        QCOMPARE(wanted().target.name, u"b"_s);
        QCOMPARE(wanted().ports.size(), 2);
    }

    void servicesThatCannotBeListedSayWhy()
    {
        kinds()->setCurrentIndex(1);
        m_form->servicesFailed(error(ApiError::Kind::Forbidden, u"You may not list services in shop."_s), -1);
        QVERIFY(says(u"The services could not be listed"_s));
        QVERIFY(says(u"You may not list services in shop."_s));
    }

    void theCommandLineFollows()
    {
        listPods();
        QCOMPARE(command(), QString());
        m_form->takePodDetails(podInfo(u"api-0"_s, kWebPorts));
        QVERIFY2(command().contains(u" port-forward "_s) && command().contains(u"-n shop"_s)
                     && command().endsWith(u" 8080"_s),
                 qPrintable(command()));
        auto *ports = part<QTreeView>("ports")->model();
        ports->setData(ports->index(1, 2), u"19090"_s);
        QVERIFY2(command().contains(u" 19090:9090"_s), qPrintable(command()));
        part<QComboBox>("listen")->setCurrentIndex(2);
        QCOMPARE(command(), QString()); // no address yet
        QVERIFY(!button()->isEnabled());
        part<QLineEdit>("listenAddress")->setText(u"127.0.0.5"_s);
        QVERIFY2(command().contains(u"--address"_s) && command().contains(u"127.0.0.5"_s), qPrintable(command()));
    }

    void listeningForOthersIsMarked_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("marked");
        QTest::addColumn<QStringList>("addresses");
        QTest::addRow("loopback") << u"127.0.0.1"_s << false << QStringList{u"127.0.0.1"_s};
        QTest::addRow("another loopback") << u"127.8.0.1"_s << false << QStringList{u"127.8.0.1"_s};
        QTest::addRow("IPv6 loopback") << u"::1"_s << false << QStringList{u"::1"_s};
        QTest::addRow("localhost") << u"localhost"_s << false << QStringList{u"localhost"_s};
        QTest::addRow("a network address") << u"192.0.2.7"_s << true << QStringList{u"192.0.2.7"_s};
        QTest::addRow("everything") << u"0.0.0.0, ::1"_s << true << QStringList{u"0.0.0.0"_s, u"::1"_s};
        QTest::addRow("a host name") << u"example.org"_s << false << QStringList();
        QTest::addRow("nothing") << u""_s << false << QStringList();
    }

    void listeningForOthersIsMarked()
    {
        QFETCH(const QString, typed);
        QFETCH(const bool, marked);
        QFETCH(const QStringList, addresses);
        listPods();
        m_form->takePodDetails(podInfo(u"api-0"_s, kWebPorts));
        part<QComboBox>("listen")->setCurrentIndex(2);
        part<QLineEdit>("listenAddress")->setText(typed);
        QCOMPARE(part<QWidget>("listenMark")->isVisible(), marked);
        QCOMPARE(button()->isEnabled(), !addresses.isEmpty());
        button()->click();
        QCOMPARE(m_wanted->count(), addresses.isEmpty() ? 0 : 1);
        if (!addresses.isEmpty())
            QCOMPARE(wanted().addresses, addresses);
    }

    void aDoubleClickOnAPortForwardsThatAlone()
    {
        listPods();
        m_form->takePodDetails(podInfo(u"api-0"_s, kWebPorts));
        auto *ports = part<QTreeView>("ports");
        const QPoint metrics = ports->visualRect(ports->model()->index(1, 1)).center();
        QTest::mouseClick(ports->viewport(), Qt::LeftButton, {}, metrics);
        QTest::mouseDClick(ports->viewport(), Qt::LeftButton, {}, metrics);
        QCOMPARE(m_wanted->count(), 1);
        QCOMPARE(wanted().ports, (QList<Kube::PortArgument>{{std::nullopt, u"9090"_s}}));
    }

    void everyControlHasAName()
    {
        listPods();
        m_form->takePodDetails(podInfo(u"api-0"_s, kWebPorts));
        for (const QWidget *widget : m_form->findChildren<QWidget *>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() || qobject_cast<const QLabel *>(widget))
                continue;
            if (widget->objectName().startsWith(u"qt_"_s) || qobject_cast<const QLineEdit *>(widget->focusProxy())
                || widget->inherits("QComboBoxPrivateContainer"))
                continue;
            const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
            if (widget->parentWidget() && widget->parentWidget()->inherits("QComboBox"))
                continue; // the field of an editable combo box speaks for it
            QVERIFY2(face && !face->text(QAccessible::Name).isEmpty(),
                     qPrintable(u"%1 “%2” has no name"_s.arg(QLatin1StringView(widget->metaObject()->className()),
                                                             widget->objectName())));
        }
    }

    void pictures()
    {
        const QString folder = qEnvironmentVariable("FAIRLEAD_PICTURES");
        if (folder.isEmpty())
            QSKIP("set FAIRLEAD_PICTURES to a folder to have pictures of the picker put there");
        m_form->takeNamespaces({{u"shop"_s, false}}, true);
        Kube::PodRow broken = podRow(u"billing-api-0"_s, u"CrashLoopBackOff"_s);
        broken.restarts = u"17 (3m ago)"_s;
        m_form->takePods({podRow(u"api-5d4f8c7b9-q2zxn"_s), podRow(u"api-5d4f8c7b9-w8k7d"_s), broken,
                          podRow(u"apidocs-1"_s, u"ContainerCreating"_s), podRow(u"old-api-job-x2x"_s, u"Completed"_s),
                          podRow(u"web-0"_s)},
                         {});
        m_form->podsProgress(6, 214, false);
        filter()->setText(u"api"_s);
        m_form->takePodDetails(podInfo(
            u"api-5d4f8c7b9-q2zxn"_s,
            kWebPorts
                + QList<Kube::ContainerPort>{{u"dns"_s, 53, u"UDP"_s, u"dns"_s}, {u"web"_s, 80, u"TCP"_s, u"dns"_s}}));
        part<QComboBox>("listen")->setCurrentIndex(1);
        for (const bool dark : {false, true}) {
            applyColorScheme(dark ? Store::Settings::ColorScheme::Dark : Store::Settings::ColorScheme::Light);
            QCoreApplication::processEvents();
            m_form->grab().save(u"%1/picker-%2.png"_s.arg(folder, dark ? u"dark"_s : u"light"_s));
        }
        m_form->podsFailed(error(ApiError::Kind::Network, u"The server did not answer."_s,
                                 u"connect to 10.0.0.1:6443: Connection timed out"_s),
                           2000);
        m_form->namespacesFailed(error(ApiError::Kind::Forbidden, u"Not allowed."_s));
        filter()->setText(u"grafana"_s);
        QCoreApplication::processEvents();
        m_form->grab().save(folder + u"/picker-problems.png"_s);
        applyColorScheme(Store::Settings::ColorScheme::Light);
        m_form->start({}, {});
        m_form->setContexts({}, {});
        m_form->showNoContexts({});
        QCoreApplication::processEvents();
        m_form->grab().save(folder + u"/picker-empty.png"_s);
    }

private:
    void listPods()
    {
        m_form->takePods({podRow(u"api-0"_s), podRow(u"api-1"_s), podRow(u"web-0"_s)}, {});
        m_form->podsProgress(3, 3, true);
    }
    template <typename T>
    [[nodiscard]] T *part(const char *name) const
    {
        return m_form->findChild<T *>(QString::fromLatin1(name));
    }
    [[nodiscard]] QLineEdit *filter() const { return part<QLineEdit>("filter"); }
    [[nodiscard]] QLineEdit *otherPort() const { return part<QLineEdit>("otherPort"); }
    [[nodiscard]] QTabBar *kinds() const { return part<QTabBar>("kinds"); }
    [[nodiscard]] QPushButton *button() const { return part<QPushButton>("forward"); }
    [[nodiscard]] QString progress() const { return part<QLabel>("progress")->text(); }
    [[nodiscard]] QString command() const { return part<QLineEdit>("command")->text(); }
    [[nodiscard]] QString currentPod() const
    {
        return part<QTreeView>("pods")->currentIndex().siblingAtColumn(0).data().toString();
    }
    [[nodiscard]] Forward::ForwardSpec wanted() const { return m_wanted->last().at(0).value<Forward::ForwardSpec>(); }
    [[nodiscard]] bool says(const QString &text) const
    {
        const QList<QLabel *> labels = m_form->findChildren<QLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(),
                           [&text](const QLabel *label) { return label->isVisible() && label->text() == text; });
    }
    void clickButton(const QString &text) const
    {
        for (QPushButton *candidate : m_form->findChildren<QPushButton *>()) {
            if (candidate->isVisible() && candidate->text() == text) {
                candidate->click();
                return;
            }
        }
        QFAIL(qPrintable(u"no button “%1”"_s.arg(text)));
    }

    std::unique_ptr<PickerForm> m_form;
    std::unique_ptr<QSignalSpy> m_wanted;
    std::unique_ptr<QSignalSpy> m_asked;
};

QTEST_MAIN(TestPickerForm)
#include "tst_pickerform.moc"

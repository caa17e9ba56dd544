#include "core/kube/browse/clusterbrowser.h"
#include "core/kube/config/kubeconfig.h"
#include "tests/bench/compare/childprocess.h"
#include "tests/bench/meteredapplication.h"
#include "ui/picker/pickerform.h"

#include <QElapsedTimer>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Fairlead;
using namespace Fairlead::Bench;
using namespace Qt::StringLiterals;

namespace {
constexpr int Pods = 20'000;
constexpr int ChurnASecond = 1'000;
constexpr int ChurnSeconds = 5;
} // namespace

/// The picker on a cluster of 20,000 pods in 500 namespaces, of which 1,000 change in a second: when the first rows are
/// there, what each piece of the window's work costs while pages come, while somebody types and while pods change, and
/// what a row takes. The demo cluster is another process. Prints figures; asserts only that it measured.
class ListScale : public QObject
{
    Q_OBJECT

private slots:
    void twentyThousandPods()
    {
        QTemporaryDir folder;
        const QString kubeconfig = folder.filePath(u"kubeconfig"_s);
        ChildProcess server;
        const QString problem = server.start(QStringLiteral(FAIRLEAD_BINARY),
                                             {u"demo"_s, u"--kubeconfig-out"_s, kubeconfig, u"--fake-pods"_s,
                                              QString::number(Pods), u"--fake-churn"_s, QString::number(ChurnASecond)});
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(kubeconfig), 30'000);
        Kube::ConnectionFlags flags;
        flags.kubeconfig = kubeconfig;
        const auto config = Kube::Kubeconfig::load(Kube::LoadOptions::fromSystem(flags)).resolve(flags);
        QVERIFY(config.hasValue());

        Kube::ClusterBrowser browser;
        Ui::PickerForm form;
        connect(&browser, &Kube::ClusterBrowser::podsChanged, &form, &Ui::PickerForm::takePods);
        connect(&browser, &Kube::ClusterBrowser::podsProgress, &form, &Ui::PickerForm::podsProgress);
        QSignalSpy changes(&browser, &Kube::ClusterBrowser::podsChanged);
        bool complete = false;
        connect(&browser, &Kube::ClusterBrowser::podsProgress, this, [&](int, int, bool all) { complete = all; });
        form.resize(1080, 620);
        form.start({}, {});
        form.show();
        QVERIFY(QTest::qWaitForWindowExposed(&form));
        browser.open(*config);
        QTest::qWait(500); // the connection is there and the namespaces are listed, as when somebody chooses

        const double before = ProcessMeter(::getpid()).residentMb();
        (void)application().takeLongestMs();
        QElapsedTimer timer;
        timer.start();
        browser.choosePodsOf({});
        QTRY_VERIFY_WITH_TIMEOUT(!changes.isEmpty(), 30'000);
        const qint64 firstRows = timer.elapsed();
        QTRY_VERIFY_WITH_TIMEOUT(complete, 60'000);
        qInfo("%d pods: first rows after %lld ms, all after %lld ms; longest work on one event %.1f ms; "
              "%.0f bytes of memory a pod",
              Pods, firstRows, timer.elapsed(), application().takeLongestMs(),
              (ProcessMeter(::getpid()).residentMb() - before) * 1e6 / Pods);

        typeIntoTheFilter(form);

        changes.clear();
        QTest::qWait(ChurnSeconds * 1'000);
        qsizetype rows = 0;
        for (const QList<QVariant> &arguments : changes)
            rows += arguments.at(0).value<QList<Kube::PodRow>>().size();
        qInfo("%d changes a second: %lld signals a second with %lld rows; longest work on one event %.1f ms",
              ChurnASecond, qint64(changes.size() / ChurnSeconds), qint64(rows / ChurnSeconds),
              application().takeLongestMs());
        QVERIFY(rows > 0);
    }

private:
    static MeteredApplication &application() { return static_cast<MeteredApplication &>(*qApp); }

    static void typeIntoTheFilter(Ui::PickerForm &form)
    {
        auto *filter = form.findChild<QLineEdit *>(u"filter"_s);
        QVERIFY(filter);
        (void)application().takeLongestMs();
        double longest = 0;
        for (const Qt::Key key : {Qt::Key_A, Qt::Key_P, Qt::Key_I, Qt::Key_1, Qt::Key_Backspace, Qt::Key_Backspace,
                                  Qt::Key_Backspace, Qt::Key_Backspace, Qt::Key_W}) {
            QTest::keyClick(filter, key);
            QTest::qWait(100); // painting and what came meanwhile count, too
            longest = std::max(longest, application().takeLongestMs());
        }
        qInfo("typing in the filter meanwhile: longest work on one event %.1f ms", longest);
    }
};

int main(int argc, char **argv)
{
    MeteredApplication application(argc, argv);
    ListScale test;
    return QTest::qExec(&test, argc, argv);
}
#include "listscale.moc"

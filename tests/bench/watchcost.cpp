#include "core/kube/config/contextstore.h"
#include "core/kube/follow/podwatch.h"
#include "core/net/tlsconfiguration.h"

#include <QDir>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <malloc.h>
#include <memory>
#include <unistd.h>
#include <vector>

using namespace Fairlead::Kube;
using namespace Qt::StringLiterals;

namespace {

constexpr int PatienceMs = 120'000;

/// Of this process; the API server is another one.
struct Cost {
    double residentMb = 0;
    int threads = 0;
    int descriptors = 0;
};

Cost costNow()
{
    malloc_trim(0);
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QFile::ReadOnly))
        qFatal("no /proc");
    const double pages = file.readAll().split(' ').value(1).toDouble();
    const auto entries = [](const QString &path) {
        return int(QDir(path).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size());
    };
    return {pages * double(sysconf(_SC_PAGESIZE)) / 1e6, entries(u"/proc/self/task"_s), entries(u"/proc/self/fd"_s)};
}

void report(const char *what, const Cost &before, const Cost &now)
{
    qInfo("%-28s %6.1f MB resident (%+.1f), %d threads (%+d), %d descriptors (%+d)", what, now.residentMb,
          now.residentMb - before.residentMb, now.threads, now.threads - before.threads, now.descriptors,
          now.descriptors - before.descriptors);
}

/// The way not taken: QNetworkAccessManager has six connections a host, so a manager for each five watches.
class ManagedWatches
{
public:
    void add(const ConnectionConfig &config, const QSslConfiguration &tls)
    {
        if (m_replies.size() % 5 == 0)
            m_managers.push_back(std::make_unique<QNetworkAccessManager>());
        QUrl url = config.server;
        url.setPath(u"/api/v1/namespaces/default/pods"_s);
        url.setQuery(u"watch=1&labelSelector=app%3Dweb"_s);
        QNetworkRequest request(url);
        request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
        request.setSslConfiguration(tls);
        m_replies.emplace_back(m_managers.back()->get(request));
    }

    [[nodiscard]] bool allAnswered() const
    {
        return std::all_of(m_replies.begin(), m_replies.end(), [](const auto &reply) {
            return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid();
        });
    }

private:
    std::vector<std::unique_ptr<QNetworkAccessManager>> m_managers;
    std::vector<std::unique_ptr<QNetworkReply>> m_replies;
};

} // namespace

/// What following many targets costs: figures for a decision, not verdicts. The demo cluster runs as another process.
class WatchCost : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const QString kubeconfig = m_folder.filePath(u"config"_s);
        const QString program = qEnvironmentVariable("FAIRLEAD_BENCH_BINARY", QStringLiteral(FAIRLEAD_BINARY));
        m_cluster.start(program, {u"demo"_s, u"--kubeconfig-out"_s, kubeconfig});
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(kubeconfig), PatienceMs);
        ConnectionFlags flags;
        flags.kubeconfig = kubeconfig;
        ContextStore store(flags);
        const auto config = store.resolve(store.preferredContext());
        QVERIFY2(config, config ? "" : qPrintable(config.error()));
        m_config = *config;
    }

    void cleanupTestCase()
    {
        m_cluster.terminate();
        QVERIFY(m_cluster.waitForFinished());
    }

    void podWatches()
    {
        const Cost before = costNow();
        std::vector<std::unique_ptr<PodWatch>> watches;
        int known = 0;
        for (const int count : {1, 50, 200}) {
            while (int(watches.size()) < count) {
                auto watch = std::make_unique<PodWatch>();
                connect(watch.get(), &PodWatch::changed, this,
                        [&known, first = true]() mutable { known += std::exchange(first, false) ? 1 : 0; });
                watch->start(m_config, u"default"_s, {TargetRef::Kind::Service, u"web"_s});
                watches.push_back(std::move(watch));
            }
            QTRY_COMPARE_WITH_TIMEOUT(known, count, PatienceMs);
            QTest::qWait(2000); // until both watches of each are up
            report(qPrintable(u"%1 x PodWatch on a service"_s.arg(count)), before, costNow());
        }
    }

    void managers()
    {
        const auto made = Fairlead::Net::makeTlsConfiguration(m_config.tls);
        QVERIFY(made);
        const Cost before = costNow();
        ManagedWatches watches;
        int started = 0;
        for (const int count : {2, 100, 400}) {
            while (started < count) {
                watches.add(m_config, *made);
                ++started;
            }
            QTRY_VERIFY_WITH_TIMEOUT(watches.allAnswered(), PatienceMs);
            report(qPrintable(u"%1 watches, 5 a manager"_s.arg(count)), before, costNow());
        }
    }

private:
    QTemporaryDir m_folder;
    QProcess m_cluster;
    ConnectionConfig m_config;
};

QTEST_GUILESS_MAIN(WatchCost)
#include "watchcost.moc"

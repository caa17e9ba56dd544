#include "core/kube/browse/clusterbrowser.h"
#include "tests/core/kube/browse/fakenamespace.h"
#include "tests/core/kube/fakecluster.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <future>

using namespace Fairlead::Kube;
using namespace Fairlead::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Deadline = 30'000;
const QByteArray PodsPath = "/api/v1/namespaces/ns/pods";

ListTiming quick()
{
    ListTiming timing;
    timing.retry = {20, 50, 100'000};
    timing.pollMs = 50;
    timing.deliverMs = 20;
    return timing;
}

ConnectionConfig configFor(const QUrl &url)
{
    ConnectionConfig config;
    config.server = url;
    return config;
}

/// What a picker would hold after all that the browser said.
struct Picture {
    explicit Picture(ClusterBrowser &browser)
        : reset(&browser, &ClusterBrowser::podsReset)
        , changes(&browser, &ClusterBrowser::podsChanged)
        , progress(&browser, &ClusterBrowser::podsProgress)
        , failures(&browser, &ClusterBrowser::podsFailed)
    {
        QObject::connect(&browser, &ClusterBrowser::podsReset, &context, [this] { pods.clear(); });
        QObject::connect(&browser, &ClusterBrowser::podsChanged, &context,
                         [this](const QList<PodRow> &rows, const QStringList &removed) {
                             for (const PodRow &row : rows)
                                 pods[row.namespaceName + u'/' + row.name] = row.status;
                             for (const QString &key : removed)
                                 pods.remove(key);
                         });
    }

    [[nodiscard]] bool complete() const { return !progress.isEmpty() && progress.last().at(2).toBool(); }
    [[nodiscard]] ApiError lastFailure() const { return failures.last().at(0).value<ApiError>(); }

    QObject context;
    QMap<QString, QString> pods;
    QSignalSpy reset;
    QSignalSpy changes;
    QSignalSpy progress;
    QSignalSpy failures;
};

using Pods = QMap<QString, QString>;

} // namespace

/// The browser against a scripted API server: real sockets, real threads.
class TestClusterBrowser : public QObject
{
    Q_OBJECT

private slots:
    void namespacesAreListed()
    {
        FakeCluster cluster;
        ClusterBrowser browser(nullptr, quick());
        QSignalSpy namespaces(&browser, &ClusterBrowser::namespacesChanged);
        browser.open(configFor(cluster.url()));
        QTRY_VERIFY_WITH_TIMEOUT(!namespaces.isEmpty() && namespaces.last().at(1).toBool(), Deadline);
        QCOMPARE(namespaces.last().at(0).value<QList<NamespaceRow>>(),
                 QList<NamespaceRow>({{u"a"_s, true}, {u"b"_s, false}}));
    }

    void forbiddenNamespacesBecomeProjects()
    {
        FakeCluster cluster;
        cluster.fault = [](const HttpRequest &request, HttpAnswerer out) {
            if (request.path == "/api/v1/namespaces")
                out.respond(403, statusJson(403, "Forbidden", "no namespaces"));
            else if (request.path == "/apis/project.openshift.io/v1/projects")
                out.respond(200, R"({"kind":"ProjectList","metadata":{},"items":[{"metadata":{"name":"mine"}}]})");
            else
                return false;
            return true;
        };
        ClusterBrowser browser(nullptr, quick());
        QSignalSpy namespaces(&browser, &ClusterBrowser::namespacesChanged);
        QSignalSpy failed(&browser, &ClusterBrowser::namespacesFailed);
        QSignalSpy projects(&browser, &ClusterBrowser::namespacesAreProjects);
        browser.open(configFor(cluster.url()));
        QTRY_VERIFY_WITH_TIMEOUT(!namespaces.isEmpty() && namespaces.last().at(1).toBool(), Deadline);
        QCOMPARE(namespaces.last().at(0).value<QList<NamespaceRow>>(), QList<NamespaceRow>({{u"mine"_s, false}}));
        QCOMPARE(projects.size(), 1);
        QCOMPARE(failed.size(), 0);
    }

    void forbiddenNamespacesWithoutProjectsAreSaidSo()
    {
        FakeCluster cluster;
        cluster.fault = [](const HttpRequest &request, HttpAnswerer out) {
            if (request.path != "/api/v1/namespaces")
                return false;
            out.respond(403, statusJson(403, "Forbidden", "no namespaces"));
            return true;
        };
        ClusterBrowser browser(nullptr, quick());
        QSignalSpy failed(&browser, &ClusterBrowser::namespacesFailed);
        browser.open(configFor(cluster.url()));
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, Deadline);
        QCOMPARE(failed[0][0].value<ApiError>().kind, ApiError::Kind::Forbidden);
        QVERIFY(failed[0][0].value<ApiError>().message.contains(u"no namespaces"_s));
    }

    void podsComeInPages()
    {
        FakeCluster cluster;
        for (int i = 0; i < 1234; ++i)
            cluster.setPod(u"p%1"_s.arg(i, 4, 10, QChar(u'0')), u"Running"_s);
        ClusterBrowser browser(nullptr, quick());
        Picture picture(browser);
        browser.open(configFor(cluster.url()));
        browser.choosePodsOf(u"ns"_s);
        QTRY_VERIFY_WITH_TIMEOUT(picture.complete(), Deadline);
        QCOMPARE(picture.pods.size(), 1234);
        QCOMPARE(picture.progress.last().at(0).toInt(), 1234);
        QCOMPARE(picture.progress.first().at(1).toInt(), 1234); // expected, from remainingItemCount
        QCOMPARE(cluster.server().count(PodsPath), 3);
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches(), 1, Deadline);
        const HttpRequest &watch = cluster.server().requests().last();
        QCOMPARE(watch.argument(u"resourceVersion"_s), cluster.version());
        QCOMPARE(watch.argument(u"allowWatchBookmarks"_s), u"true"_s);
        QCOMPARE(watch.argument(u"includeObject"_s), u"Metadata"_s);
        QVERIFY(watch.argument(u"timeoutSeconds"_s).toInt() >= 60);
        QVERIFY(watch.field("Accept").startsWith("application/json;as=Table;v=v1;g=meta.k8s.io"));
    }

    void aServerThatIgnoresTheLimitIsReadAtOnce()
    {
        FakeCluster cluster;
        cluster.honoursLimit = false;
        for (int i = 0; i < 5000; ++i)
            cluster.setPod(u"p%1"_s.arg(i), u"Running"_s);
        ClusterBrowser browser(nullptr, quick());
        Picture picture(browser);
        browser.open(configFor(cluster.url()));
        browser.choosePodsOf(u"ns"_s);
        QTRY_VERIFY_WITH_TIMEOUT(picture.complete(), Deadline);
        QCOMPARE(picture.pods.size(), 5000);
        QCOMPARE(cluster.server().count(PodsPath), 1);
        for (const auto &change : picture.changes)
            QVERIFY(change.at(0).value<QList<PodRow>>().size() <= 2000);
    }

    void changesArriveLive_data()
    {
        QTest::addColumn<bool>("tables");
        QTest::addRow("Table") << true;
        QTest::addRow("plain PodList though Table was asked") << false;
    }

    void changesArriveLive()
    {
        QFETCH(const bool, tables);
        FakeCluster cluster;
        cluster.knowsTables = tables;
        cluster.setPod(u"a"_s, u"Pending"_s);
        ClusterBrowser browser(nullptr, quick());
        Picture picture(browser);
        browser.open(configFor(cluster.url()));
        browser.choosePodsOf(u"ns"_s);
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches(), 1, Deadline);
        QTRY_COMPARE_WITH_TIMEOUT(picture.pods, Pods({{u"ns/a"_s, u"Pending"_s}}), Deadline);
        cluster.change("MODIFIED", u"a"_s, u"Running"_s);
        cluster.change("ADDED", u"b"_s, u"Running"_s);
        QTRY_COMPARE_WITH_TIMEOUT(picture.pods, Pods({{u"ns/a"_s, u"Running"_s}, {u"ns/b"_s, u"Running"_s}}), Deadline);
        cluster.change("DELETED", u"a"_s, u"Terminating"_s);
        QTRY_COMPARE_WITH_TIMEOUT(picture.pods, Pods({{u"ns/b"_s, u"Running"_s}}), Deadline);
        QCOMPARE(picture.reset.size(), 2); // open and choose, nothing since
    }

    void eventsMayBeCutAnywhere()
    {
        FakeCluster cluster;
        ClusterBrowser browser(nullptr, quick());
        Picture picture(browser);
        browser.open(configFor(cluster.url()));
        browser.choosePodsOf(u"ns"_s);
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches(), 1, Deadline);
        const QByteArray wire = cluster.event("ADDED", u"ä"_s, u"Running"_s, true)
            + cluster.event("ADDED", u"b"_s, u"Running"_s) + cluster.event("MODIFIED", u"b"_s, u"Error"_s);
        for (qsizetype at = 0; at < wire.size(); at += 7) {
            cluster.sendRaw(wire.mid(at, 7));
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE_WITH_TIMEOUT(picture.pods, Pods({{u"ns/ä"_s, u"Running"_s}, {u"ns/b"_s, u"Error"_s}}), Deadline);
    }

    void aBusyWatchIsMerged()
    {
        FakeCluster cluster;
        ListTiming timing = quick();
        timing.deliverMs = 250;
        ClusterBrowser browser(nullptr, timing);
        Picture picture(browser);
        browser.open(configFor(cluster.url()));
        browser.choosePodsOf(u"ns"_s);
        QTRY_VERIFY_WITH_TIMEOUT(picture.complete(), Deadline);
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches(), 1, Deadline);
        QElapsedTimer clock;
        clock.start();
        const auto before = picture.changes.size();
        for (int i = 0; i < 500; ++i) {
            cluster.change("MODIFIED", u"p%1"_s.arg(i % 5), u"S%1"_s.arg(i));
            QTest::qWait(1);
        }
        QTRY_COMPARE_WITH_TIMEOUT(picture.pods.value(u"ns/p4"_s), u"S499"_s, Deadline);
        const auto batches = picture.changes.size() - before;
        QVERIFY2(batches <= clock.elapsed() / 250 + 2, qPrintable(QString::number(batches)));
    }

    void anEndedWatchIsResumedAtTheLastVersion()
    {
        FakeCluster cluster;
        ClusterBrowser browser(nullptr, quick());
        Picture picture(browser);
        browser.open(configFor(cluster.url()));
        browser.choosePodsOf(u"ns"_s);
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches(), 1, Deadline);
        cluster.change("ADDED", u"a"_s, u"Running"_s);
        QTRY_COMPARE_WITH_TIMEOUT(picture.pods.size(), 1, Deadline);
        cluster.sendRaw(
            R"({"type":"BOOKMARK","object":{"kind":"Table","metadata":{"resourceVersion":"555"},"rows":[]}})"
            "\n");
        cluster.endWatches();
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches(), 1, Deadline);
        QCOMPARE(cluster.server().count(PodsPath), 1);
        QCOMPARE(cluster.server().requests().last().argument(u"resourceVersion"_s), u"555"_s);
        QCOMPARE(picture.failures.size(), 0);
        QCOMPARE(picture.pods.size(), 1);
    }

    void tooOldReadsTheListAgain_data()
    {
        QTest::addColumn<bool>("asEvent");
        QTest::addRow("HTTP 410") << false;
        QTest::addRow("ERROR event") << true;
    }

    void tooOldReadsTheListAgain()
    {
        QFETCH(const bool, asEvent);
        FakeCluster cluster;
        cluster.setPod(u"stays"_s, u"Running"_s);
        cluster.setPod(u"goes"_s, u"Running"_s);
        ClusterBrowser browser(nullptr, quick());
        Picture picture(browser);
        browser.open(configFor(cluster.url()));
        browser.choosePodsOf(u"ns"_s);
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches(), 1, Deadline);
        QTRY_VERIFY_WITH_TIMEOUT(picture.complete(), Deadline);
        const auto told = picture.changes.size();
        cluster.clearPods();
        cluster.setPod(u"stays"_s, u"Running"_s);
        cluster.setPod(u"comes"_s, u"Running"_s);
        const QByteArray expired = statusJson(410, "Expired", "too old resource version");
        bool refused = false;
        cluster.fault = [&](const HttpRequest &request, HttpAnswerer out) {
            if (asEvent || refused || !request.query.hasQueryItem(u"watch"_s) || request.path != PodsPath)
                return false;
            refused = true;
            out.respond(410, expired);
            return true;
        };
        if (asEvent)
            cluster.sendRaw(R"({"type":"ERROR","object":)" + expired + "}\n");
        cluster.endWatches();
        QTRY_COMPARE_WITH_TIMEOUT(picture.pods, Pods({{u"ns/stays"_s, u"Running"_s}, {u"ns/comes"_s, u"Running"_s}}),
                                  Deadline);
        QCOMPARE(picture.reset.size(), 2);
        QCOMPARE(picture.failures.size(), 0);
        for (auto i = told; i < picture.changes.size(); ++i) { // a difference, not everything again
            for (const PodRow &row : picture.changes[i][0].value<QList<PodRow>>())
                QCOMPARE(row.name, u"comes"_s);
        }
    }

    void aServerThatAlwaysSaysTooOldIsNotAskedInATightLoop()
    {
        FakeCluster cluster;
        cluster.fault = [&](const HttpRequest &request, HttpAnswerer out) {
            if (!request.query.hasQueryItem(u"watch"_s) || request.path != PodsPath)
                return false;
            out.respond(410, statusJson(410, "Expired", "too old"));
            return true;
        };
        ListTiming timing = quick();
        timing.retry = {60'000, 60'000, 1'000'000};
        ClusterBrowser browser(nullptr, timing);
        Picture picture(browser);
        browser.open(configFor(cluster.url()));
        browser.choosePodsOf(u"ns"_s);
        QTRY_COMPARE_WITH_TIMEOUT(picture.failures.size(), 1, Deadline);
        QCOMPARE(cluster.server().count(PodsPath), 3);
        QVERIFY(picture.failures[0][1].toInt() >= 30'000);
    }

    void troubleIsToldAndGotOver_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("leastWait");
        QTest::addRow("HTML 502") << 502 << QByteArray() << int(ApiError::Kind::Server) << 10;
        QTest::addRow("429 with Retry-After")
            << 429 << QByteArray("Retry-After: 1\r\n") << int(ApiError::Kind::Busy) << 1000;
        QTest::addRow("200 with a web page") << 200 << QByteArray() << int(ApiError::Kind::BadAnswer) << 10;
    }

    void troubleIsToldAndGotOver()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, fields);
        QFETCH(const int, kind);
        QFETCH(const int, leastWait);
        FakeCluster cluster;
        cluster.setPod(u"a"_s, u"Running"_s);
        int left = 1;
        cluster.fault = [&](const HttpRequest &request, HttpAnswerer out) {
            if (request.path != PodsPath || left-- <= 0)
                return false;
            out.respond(status, "<html>trouble</html>", "text/html", fields);
            return true;
        };
        ClusterBrowser browser(nullptr, quick());
        Picture picture(browser);
        browser.open(configFor(cluster.url()));
        browser.choosePodsOf(u"ns"_s);
        QTRY_COMPARE_WITH_TIMEOUT(picture.failures.size(), 1, Deadline);
        QCOMPARE(int(picture.lastFailure().kind), kind);
        QVERIFY(picture.failures[0][1].toInt() >= leastWait);
        QTRY_VERIFY_WITH_TIMEOUT(picture.complete(), Deadline);
        QCOMPARE(picture.pods.size(), 1);
    }

    void aFailureThatIsOverIsToldByProgress()
    {
        FakeCluster cluster;
        ClusterBrowser browser(nullptr, quick());
        Picture picture(browser);
        browser.open(configFor(cluster.url()));
        browser.choosePodsOf(u"ns"_s);
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches(), 1, Deadline);
        QTRY_VERIFY_WITH_TIMEOUT(picture.complete(), Deadline);
        bool broken = true;
        cluster.fault = [&](const HttpRequest &request, HttpAnswerer out) {
            if (request.path != PodsPath || !broken)
                return false;
            out.respond(503, "");
            return true;
        };
        cluster.endWatches();
        QTRY_VERIFY_WITH_TIMEOUT(picture.failures.size() >= 2, Deadline);
        const auto before = picture.progress.size();
        broken = false;
        QTRY_VERIFY_WITH_TIMEOUT(picture.progress.size() > before && picture.complete(), Deadline);
        QCOMPARE(cluster.server().count(PodsPath), 1); // resumed, not read again
    }

    void aRefusalThatTimeCannotHealIsFinal()
    {
        FakeCluster cluster;
        cluster.fault = [&](const HttpRequest &request, HttpAnswerer out) {
            if (request.path != PodsPath)
                return false;
            out.respond(403, statusJson(403, "Forbidden", "pods is forbidden"));
            return true;
        };
        ClusterBrowser browser(nullptr, quick());
        Picture picture(browser);
        browser.open(configFor(cluster.url()));
        browser.choosePodsOf(u"ns"_s);
        QTRY_COMPARE_WITH_TIMEOUT(picture.failures.size(), 1, Deadline);
        QCOMPARE(picture.failures[0][1].toInt(), -1);
        QCOMPARE(picture.lastFailure().kind, ApiError::Kind::Forbidden);
    }

    void whereWatchingIsForbiddenTheListIsPolled()
    {
        FakeCluster cluster;
        cluster.setPod(u"a"_s, u"Running"_s);
        cluster.fault = [&](const HttpRequest &request, HttpAnswerer out) {
            if (request.path != PodsPath || !request.query.hasQueryItem(u"watch"_s))
                return false;
            out.respond(403, statusJson(403, "Forbidden", "cannot watch"));
            return true;
        };
        ClusterBrowser browser(nullptr, quick());
        Picture picture(browser);
        browser.open(configFor(cluster.url()));
        browser.choosePodsOf(u"ns"_s);
        QTRY_VERIFY_WITH_TIMEOUT(picture.complete(), Deadline);
        cluster.setPod(u"b"_s, u"Running"_s);
        QTRY_COMPARE_WITH_TIMEOUT(picture.pods.size(), 2, Deadline);
        QCOMPARE(picture.failures.size(), 0);
    }

    void anotherChoiceLeavesNothingStale()
    {
        FakeCluster cluster;
        cluster.setPod(u"late"_s, u"Running"_s);
        std::optional<HttpAnswerer> held;
        cluster.fault = [&](const HttpRequest &request, HttpAnswerer out) {
            if (request.path != "/api/v1/namespaces/slow/pods")
                return false;
            held = out;
            return true;
        };
        ClusterBrowser browser(nullptr, quick());
        Picture picture(browser);
        browser.open(configFor(cluster.url()));
        browser.choosePodsOf(u"slow"_s);
        QTRY_VERIFY_WITH_TIMEOUT(held, Deadline);
        browser.choosePodsOf(u"ns"_s);
        held->respond(200,
                      R"({"kind":"PodList","metadata":{},"items":[{"metadata":{"name":"stale","namespace":"slow"}}]})");
        QTRY_VERIFY_WITH_TIMEOUT(picture.complete(), Deadline);
        QCOMPARE(picture.pods, Pods({{u"ns/late"_s, u"Running"_s}}));
    }

    void cancelIsImmediateAndSilent()
    {
        FakeCluster cluster;
        for (int i = 0; i < 3000; ++i)
            cluster.setPod(u"p%1"_s.arg(i), u"Running"_s);
        std::optional<HttpAnswerer> held;
        cluster.fault = [&](const HttpRequest &request, HttpAnswerer out) {
            if (request.argument(u"continue"_s).isEmpty())
                return false;
            held = out; // the second page never comes
            return true;
        };
        ClusterBrowser browser(nullptr, quick());
        Picture picture(browser);
        browser.open(configFor(cluster.url()));
        browser.choosePodsOf(u"ns"_s);
        QTRY_VERIFY_WITH_TIMEOUT(held && !picture.pods.isEmpty(), Deadline);
        QElapsedTimer clock;
        clock.start();
        browser.cancel();
        QVERIFY(clock.elapsed() < 200);
        const auto told = picture.changes.size() + picture.progress.size() + picture.failures.size();
        QTRY_VERIFY_WITH_TIMEOUT(!held->isOpen(), Deadline);
        QCoreApplication::processEvents();
        QCOMPARE(picture.changes.size() + picture.progress.size() + picture.failures.size(), told);
        cluster.fault = nullptr;
        browser.open(configFor(cluster.url()));
        browser.choosePodsOf(u"ns"_s);
        QTRY_VERIFY_WITH_TIMEOUT(picture.complete(), Deadline);
        QCOMPARE(picture.pods.size(), 3000);
    }

    void podDetails()
    {
        FakeCluster cluster;
        cluster.fault = [](const HttpRequest &request, HttpAnswerer out) {
            if (request.path.endsWith("/pods/good"))
                out.respond(
                    200,
                    R"({"kind":"Pod","metadata":{"name":"good","namespace":"ns"},"spec":{"containers":[{"name":"c","ports":[{"containerPort":80}]}]}})");
            else if (request.path.endsWith("/pods/secret"))
                out.respond(403, statusJson(403, "Forbidden", "no"));
            else
                return false;
            return true;
        };
        ClusterBrowser browser(nullptr, quick());
        QSignalSpy details(&browser, &ClusterBrowser::podDetails);
        QSignalSpy failed(&browser, &ClusterBrowser::podDetailsFailed);
        browser.open(configFor(cluster.url()));
        browser.requestPod(u"ns"_s, u"secret"_s);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, Deadline);
        QCOMPARE(failed[0][0].toString(), u"ns"_s);
        QCOMPARE(failed[0][1].toString(), u"secret"_s);
        QCOMPARE(failed[0][2].value<ApiError>().kind, ApiError::Kind::Forbidden);
        browser.requestPod(u"ns"_s, u"secret"_s);
        browser.requestPod(u"ns"_s, u"good"_s); // takes the place of the one before
        QTRY_COMPARE_WITH_TIMEOUT(details.size(), 1, Deadline);
        QCOMPARE(details[0][0].value<PodInfo>().ports.value(0).number, 80);
        QCOMPARE(failed.size(), 1);
    }

    void unsupportedIsSaidWithoutARequest()
    {
        FakeCluster cluster;
        ConnectionConfig config = configFor(cluster.url());
        config.unsupported = {u"Needs a plugin."_s};
        ClusterBrowser browser(nullptr, quick());
        Picture picture(browser);
        QSignalSpy namespaces(&browser, &ClusterBrowser::namespacesFailed);
        browser.open(config);
        browser.choosePodsOf(u"ns"_s);
        QTRY_VERIFY_WITH_TIMEOUT(namespaces.size() == 1 && picture.failures.size() == 1, Deadline);
        QCOMPARE(picture.lastFailure().kind, ApiError::Kind::Unsupported);
        QCOMPARE(cluster.server().connections(), 0);
    }

    /// 20,000 pods are listed while this thread's event loop is watched. The server lives elsewhere, as servers do.
    void aLongListLeavesTheCallersThreadAlone()
    {
        constexpr int Pods = 20'000;
        std::promise<QUrl> ready;
        const std::unique_ptr<QThread> serverThread(QThread::create([&ready] {
            FakeCluster cluster;
            for (int i = 0; i < Pods; ++i)
                cluster.setPod(u"pod-with-a-usual-name-5d4f8c7b9-%1"_s.arg(i), u"Running"_s);
            ready.set_value(cluster.url());
            QEventLoop().exec();
        }));
        serverThread->start();
        const QUrl url = ready.get_future().get();

        {
            ClusterBrowser browser;
            QSignalSpy progress(&browser, &ClusterBrowser::podsProgress);
            qsizetype rows = 0;
            connect(&browser, &ClusterBrowser::podsChanged, this,
                    [&rows](const QList<PodRow> &changed, const QStringList &) { rows += changed.size(); });
            QElapsedTimer sinceTick;
            qint64 longestGap = 0;
            QTimer tick;
            connect(&tick, &QTimer::timeout, this, [&] { longestGap = qMax(longestGap, sinceTick.restart()); });
            QElapsedTimer whole;
            whole.start();
            sinceTick.start();
            tick.start(1);
            browser.open(configFor(url));
            browser.choosePodsOf(u"ns"_s);
            QTRY_VERIFY_WITH_TIMEOUT(!progress.isEmpty() && progress.last().at(2).toBool(), 100'000);
            tick.stop();
            QCOMPARE(rows, Pods);
            qInfo("%d pods in %lld ms, longest gap in this thread's event loop %lld ms", Pods, whole.elapsed(),
                  longestGap);
            QVERIFY2(longestGap < whole.elapsed() / 5, qPrintable(QString::number(longestGap))); // however slow all is
        }
        serverThread->quit();
        serverThread->wait();
    }

    void servicesAreListedAndFollowed()
    {
        FakeNamespace cluster;
        const auto service = [](const QString &name) {
            return QJsonObject{{u"metadata"_s, QJsonObject{{u"name"_s, name}}}};
        };
        const auto names = [](const QSignalSpy &spy) {
            QStringList list;
            for (const ServiceInfo &info : spy.last().at(0).value<QList<ServiceInfo>>())
                list << info.namespaceName + u'/' + info.name;
            return list;
        };
        cluster.put("services", service(u"web"_s));
        cluster.put("services", service(u"api"_s));
        ClusterBrowser browser(nullptr, quick());
        QSignalSpy changed(&browser, &ClusterBrowser::servicesChanged);
        browser.open(configFor(cluster.url()));
        browser.chooseServicesOf(u"ns"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), Deadline);
        QCOMPARE(names(changed), QStringList({u"ns/api"_s, u"ns/web"_s}));
        QTRY_COMPARE_WITH_TIMEOUT(cluster.openWatches("services"), 1, Deadline);
        cluster.remove("services", u"api"_s);
        cluster.put("services", service(u"zoo"_s));
        QTRY_COMPARE_WITH_TIMEOUT(names(changed), QStringList({u"ns/web"_s, u"ns/zoo"_s}), Deadline);
    }

    void servicesThatMayNotBeListedAreSaidSo()
    {
        FakeNamespace cluster;
        cluster.forbid("list", "services");
        ClusterBrowser browser(nullptr, quick());
        QSignalSpy failed(&browser, &ClusterBrowser::servicesFailed);
        browser.open(configFor(cluster.url()));
        browser.chooseServicesOf(u"ns"_s);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, Deadline);
        QCOMPARE(failed[0][0].value<ApiError>().kind, ApiError::Kind::Forbidden);
        QCOMPARE(failed[0][1].toInt(), -1);
    }

    void theOwnerOfAPodIsAskedFor()
    {
        const auto owned = [](const QString &kind, const QString &name, const QString &byKind, const QString &by) {
            const QJsonObject owner{{u"kind"_s, byKind}, {u"name"_s, by}, {u"controller"_s, true}};
            return QJsonObject{
                {u"kind"_s, kind},
                {u"metadata"_s, QJsonObject{{u"name"_s, name}, {u"ownerReferences"_s, QJsonArray{owner}}}}};
        };
        FakeNamespace cluster;
        cluster.put("pods", owned(u"Pod"_s, u"p"_s, u"ReplicaSet"_s, u"api-1"_s));
        cluster.put("replicasets", owned(u"ReplicaSet"_s, u"api-1"_s, u"Deployment"_s, u"api"_s));
        ClusterBrowser browser(nullptr, quick());
        QSignalSpy details(&browser, &ClusterBrowser::podDetails);
        QSignalSpy owners(&browser, &ClusterBrowser::podOwner);
        browser.open(configFor(cluster.url()));
        browser.requestPod(u"ns"_s, u"p"_s);
        QTRY_COMPARE_WITH_TIMEOUT(owners.size(), 1, Deadline);
        QCOMPARE(owners[0][1].toString(), u"p"_s);
        QCOMPARE(targetText(owners[0][2].value<TargetRef>()), u"deployment/api"_s);
        // Without the label of its hash the pod itself only knows of the ReplicaSet.
        QCOMPARE(targetText(*details[0][0].value<PodInfo>().ownerTarget), u"replicaset/api-1"_s);
    }
};

QTEST_GUILESS_MAIN(TestClusterBrowser)
#include "tst_clusterbrowser.moc"

#include "app/demotour.h"

#include "app/cli/forwardreporter.h"
#include "core/forward/forwardmanager.h"
#include "core/kube/config/contextstore.h"

#include <QAbstractItemView>
#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTextStream>
#include <QTimer>
#include <QWidget>

#include <cstdio>
#include <optional>

using namespace Qt::StringLiterals;
using Fairlead::Forward::State;

namespace Fairlead::App {
namespace {

constexpr int PatienceMs = 30'000;

class DemoTour
{
public:
    DemoTour(Forward::ForwardManager &forwards, const Kube::ContextStore &contexts, QWidget &window)
        : m_forwards(forwards)
        , m_contexts(contexts)
        , m_window(window)
        , m_out(stdout)
    {
    }

    int run(const QString &screenshot)
    {
        const std::optional<quint16> port = forwardWebPod();
        if (!port || !fetch(u"http://127.0.0.1:%1/"_s.arg(*port)) || !showCounts())
            return 1;
        return screenshot.isEmpty() || save(screenshot) ? 0 : 1;
    }

private:
    std::optional<quint16> forwardWebPod()
    {
        const QString context = m_contexts.preferredContext();
        m_id = m_forwards.add({.name = u"Web page"_s,
                               .context = context,
                               .namespaceName = u"default"_s,
                               .target = {Kube::TargetRef::Kind::Pod, u"web"_s},
                               .ports = {{.local = quint16(0), .remote = u"http"_s}}});
        m_out << "Forwarding pod/web of context " << context << '\n' << Qt::flush;
        m_forwards.start(m_id);
        const bool settled = waitUntil([this] {
            const State state = m_forwards.snapshot(m_id).state;
            return state == State::Running || state == State::Failed;
        });
        const Forward::ForwardSnapshot now = m_forwards.snapshot(m_id);
        if (!settled || now.state != State::Running || now.ports.isEmpty()) {
            m_out << "The forward did not run: " << now.reason.text << ' ' << now.reason.detail << '\n';
            return std::nullopt;
        }
        const Forward::PortSnapshot &port = now.ports.first();
        m_out << "Forwarding from " << hostAndPort(u"127.0.0.1"_s, port.localPort) << " -> " << port.remotePort << '\n'
              << Qt::flush;
        return port.localPort;
    }

    bool fetch(const QString &url)
    {
        QNetworkAccessManager network;
        QNetworkRequest request{QUrl(url)};
        request.setTransferTimeout(PatienceMs);
        QNetworkReply *reply = network.get(request);
        waitUntil([reply] { return reply->isFinished(); });
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        m_body = reply->readAll();
        m_out << "GET " << url << ": " << status << ", " << m_body.size() << " bytes of body\n" << Qt::flush;
        return status == 200 && !m_body.isEmpty();
    }

    bool showCounts()
    {
        const auto counted = [this] {
            return m_forwards.snapshot(m_id).traffic.bytesDown >= static_cast<quint64>(m_body.size());
        };
        const bool complete = waitUntil(counted);
        const Forward::ForwardSnapshot now = m_forwards.snapshot(m_id);
        m_out << "Counted " << now.traffic.bytesDown << " bytes down, " << now.traffic.bytesUp << " bytes up, "
              << now.totalConnections << " connection(s)\n"
              << Qt::flush;
        return complete;
    }

    /// The picture shows what a person would see a moment later: the row selected, rates and round trip measured.
    bool save(const QString &screenshot)
    {
        if (auto *table = m_window.findChild<QAbstractItemView *>(u"forwards"_s))
            table->setCurrentIndex(table->model()->index(0, 0));
        waitUntil([this] { return m_forwards.snapshot(m_id).roundTripMs.has_value(); });
        const bool saved = m_window.grab().save(screenshot);
        m_out << (saved ? "Saved a picture of the window to " : "Could not save a picture of the window to ")
              << screenshot << '\n'
              << Qt::flush;
        return saved;
    }

    template <typename Condition>
    bool waitUntil(Condition condition)
    {
        QEventLoop loop;
        QTimer poll;
        QTimer deadline;
        QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
            if (condition())
                loop.quit();
        });
        QObject::connect(&deadline, &QTimer::timeout, &loop, &QEventLoop::quit);
        constexpr int PollMs = 20;
        poll.start(PollMs);
        deadline.start(PatienceMs);
        loop.exec();
        return condition();
    }

    Forward::ForwardManager &m_forwards;
    const Kube::ContextStore &m_contexts;
    QWidget &m_window;
    QTextStream m_out;
    Forward::ForwardId m_id = 0;
    QByteArray m_body;
};

} // namespace

int runDemoTour(Forward::ForwardManager &forwards, const Kube::ContextStore &contexts, QWidget &window,
                const QString &screenshot)
{
    return DemoTour(forwards, contexts, window).run(screenshot);
}

} // namespace Fairlead::App

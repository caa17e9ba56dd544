#include "core/kube/config/contextstore.h"
#include "core/store/settings.h"
#include "tests/bench/meteredapplication.h"
#include "tests/bench/transferfixture.h"
#include "ui/mainwindow.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace Fairlead;
using namespace Fairlead::Bench;
using namespace Qt::StringLiterals;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr int Forwards = 20;
constexpr int ConnectionsEach = 10;
constexpr auto MeasuredFor = std::chrono::seconds(15);
constexpr auto KeyEvery = std::chrono::milliseconds(20);

/// A slow reader of an endless download: 16 KiB each 50 ms, so that 200 of them move some 60 MB/s together.
void readSlowly(quint16 port, const std::atomic<bool> &ending)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    const QByteArray line = "SEND 100000000000\n";
    if (::connect(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof(address)) == 0
        && ::send(descriptor, line.data(), static_cast<size_t>(line.size()), MSG_NOSIGNAL) > 0) {
        std::vector<char> buffer(16 * 1024);
        while (!ending && ::recv(descriptor, buffer.data(), buffer.size(), 0) > 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    ::close(descriptor);
}

/// Notes how long each key press waited between its posting and its delivery.
class KeyWatch final : public QObject
{
public:
    void posted()
    {
        m_posted = SteadyClock::now();
        m_handled = false;
    }
    [[nodiscard]] bool handled() const { return m_handled; }

    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::KeyPress) {
            m_waits.push_back(std::chrono::duration<double, std::milli>(SteadyClock::now() - m_posted.load()).count());
            m_handled = true;
        }
        return false;
    }

    std::vector<double> sortedWaits()
    {
        std::sort(m_waits.begin(), m_waits.end());
        return m_waits;
    }

private:
    std::atomic<SteadyClock::time_point> m_posted{};
    std::atomic<bool> m_handled = true;
    std::vector<double> m_waits;
};

} // namespace

/// How long the window takes to answer a key press while 20 forwards and 200 connections move data. The keys are posted
/// by another thread to the filter field, one at a time, each 20 ms. Prints figures; asserts only that it measured.
class WindowResponse : public QObject
{
    Q_OBJECT

private slots:
    void typingUnderLoad()
    {
        TransferFixture fixture;
        const QString problem = fixture.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        QTemporaryDir folder;
        Store::Settings settings(folder.filePath(u"settings.ini"_s));
        Kube::ConnectionFlags flags;
        flags.kubeconfig = fixture.kubeconfig();
        Kube::ContextStore contexts(flags);
        Forward::ForwardManager manager(fixture.connections());
        Ui::MainWindow window(manager, contexts, settings);
        window.resize(1280, 800);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));

        for (int i = 0; i < Forwards; ++i)
            manager.start(manager.add(TransferFixture::forwardToPeer()));
        const auto allRun = [&] {
            const QList<Forward::ForwardId> ids = manager.ids();
            return std::all_of(ids.begin(), ids.end(), [&](Forward::ForwardId id) {
                return manager.snapshot(id).state == Forward::State::Running;
            });
        };
        QTRY_VERIFY_WITH_TIMEOUT(allRun(), 60'000);

        std::atomic<bool> ending = false;
        std::vector<std::thread> readers;
        for (const Forward::ForwardId id : manager.ids()) {
            const quint16 port = manager.snapshot(id).ports.first().localPort;
            for (int i = 0; i < ConnectionsEach; ++i)
                readers.emplace_back(readSlowly, port, std::cref(ending));
        }
        const auto open = [&] {
            int count = 0;
            for (const Forward::ForwardId id : manager.ids())
                count += manager.snapshot(id).openConnections;
            return count;
        };
        QTRY_COMPARE_WITH_TIMEOUT(open(), Forwards * ConnectionsEach, 60'000);
        measure(window, manager);
        ending = true;
        for (std::thread &reader : readers)
            reader.join();
    }

private:
    void measure(Ui::MainWindow &window, const Forward::ForwardManager &manager)
    {
        auto *filter = window.findChild<QLineEdit *>(u"filter"_s);
        QVERIFY(filter);
        filter->setFocus();
        KeyWatch watch;
        filter->installEventFilter(&watch);
        quint64 before = 0;
        for (const Forward::ForwardId id : manager.ids())
            before += manager.snapshot(id).traffic.bytesDown;

        auto &application = static_cast<MeteredApplication &>(*qApp);
        application.takeLongestMs();
        std::atomic<bool> measuring = true;
        std::thread typist([&] {
            for (bool letter = true; measuring; letter = !letter) {
                watch.posted();
                const int key = letter ? Qt::Key_B : Qt::Key_Backspace;
                QCoreApplication::postEvent(
                    filter, new QKeyEvent(QEvent::KeyPress, key, Qt::NoModifier, letter ? u"b"_s : QString()));
                do
                    std::this_thread::sleep_for(KeyEvery);
                while (measuring && !watch.handled());
            }
        });
        QTest::qWait(static_cast<int>(std::chrono::milliseconds(MeasuredFor).count()));
        measuring = false;
        typist.join();
        filter->removeEventFilter(&watch);

        quint64 after = 0;
        for (const Forward::ForwardId id : manager.ids())
            after += manager.snapshot(id).traffic.bytesDown;
        const std::vector<double> waits = watch.sortedWaits();
        QVERIFY(waits.size() > 100);
        QVERIFY(after > before);
        const auto at = [&](double share) { return waits[static_cast<size_t>(share * double(waits.size() - 1))]; };
        qInfo("%d forwards, %d connections, %.0f MB/s; key press to its handling, %zu keys: "
              "median %.1f ms, 99%% %.1f ms, longest %.1f ms; longest work on one event %.1f ms",
              Forwards, Forwards * ConnectionsEach,
              double(after - before) / 1e6 / double(std::chrono::seconds(MeasuredFor).count()), waits.size(), at(0.5),
              at(0.99), waits.back(), application.takeLongestMs());
    }
};

int main(int argc, char **argv)
{
    MeteredApplication application(argc, argv);
    WindowResponse test;
    return QTest::qExec(&test, argc, argv);
}
#include "windowresponse.moc"

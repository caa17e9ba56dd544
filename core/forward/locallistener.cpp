#include "core/forward/locallistener.h"

#include "core/forward/portowner.h"
#include "core/net/socketcalls.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTimer>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace Fairlead::Forward {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Forward::LocalListener)
};

} // namespace

namespace {

constexpr int Backlog = 1024; // a browser or a load generator opens many at once; the kernel caps it
constexpr int AcceptsInARow = 64; // then others on this thread get their turn
constexpr int AcceptPauseMs = 1'000;
// 127.0.0.1 takes any free port and ::1 must get the same; another program may have it there.
constexpr int RandomPortTries = 20;

struct SystemAddress {
    sockaddr_storage storage{};
    socklen_t size = 0;
};

SystemAddress toSystem(const QHostAddress &address, quint16 port)
{
    SystemAddress result;
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        v4.sin_addr.s_addr = htonl(address.toIPv4Address());
        result.size = sizeof v4;
        std::memcpy(&result.storage, &v4, sizeof v4);
        return result;
    }
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    v6.sin6_scope_id = address.scopeId().toUInt();
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    std::memcpy(&v6.sin6_addr, &bytes, sizeof bytes);
    result.size = sizeof v6;
    std::memcpy(&result.storage, &v6, sizeof v6);
    return result;
}

quint16 portOf(const sockaddr_storage &storage)
{
    if (storage.ss_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &storage, sizeof v4);
        return ntohs(v4.sin_port);
    }
    sockaddr_in6 v6{};
    std::memcpy(&v6, &storage, sizeof v6);
    return ntohs(v6.sin6_port);
}

quint16 boundPort(int fd)
{
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    return ::getsockname(fd, reinterpret_cast<sockaddr *>(&storage), &size) == 0 ? portOf(storage) : quint16(0);
}

/// An open, listening descriptor, or the errno of what went wrong.
struct Opened {
    Net::Descriptor descriptor;
    int error = 0;
};

Opened openListening(const QHostAddress &address, quint16 port)
{
    const SystemAddress system = toSystem(address, port);
    Net::Descriptor fd(::socket(system.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd.isValid())
        return {{}, errno};
    const int on = 1;
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (system.storage.ss_family == AF_INET6)
        ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    if (::bind(fd.get(), reinterpret_cast<const sockaddr *>(&system.storage), system.size) != 0
        || ::listen(fd.get(), Backlog) != 0)
        return {{}, errno};
    return {std::move(fd), 0};
}

/// Whether half of the descriptors that this process may have are taken. The other half is for what accepted
/// connections still need, a tunnel each and the files that are read for it: without this a crowd of programs takes all
/// descriptors, no tunnel can be had, and the forward fails for every one of them.
bool descriptorsAreShort(int anyDescriptor)
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return false;
    const Net::Descriptor lowestFree(::fcntl(anyDescriptor, F_DUPFD_CLOEXEC, 0));
    return !lowestFree.isValid() || rlim_t(lowestFree.get()) >= limit.rlim_cur / 2;
}

QString withPort(const QString &address, quint16 port)
{
    return (address.contains(u':') ? u"[%1]:%2"_s : u"%1:%2"_s).arg(address).arg(port);
}

} // namespace

LocalListener::LocalListener(QObject *parent)
    : QObject(parent)
    , m_resume(new QTimer(this))
{
    m_resume->setSingleShot(true);
    m_resume->setInterval(AcceptPauseMs);
    connect(m_resume, &QTimer::timeout, this, [this] {
        for (const ListenSocket &socket : m_sockets)
            socket.notifier->setEnabled(true);
    });
}

LocalListener::~LocalListener()
{
    close();
}

QList<LocalListener::Wanted> LocalListener::expand(const QStringList &addresses)
{
    QList<Wanted> wanted;
    const auto add = [&wanted](const QHostAddress &address, bool isLocalhost) {
        const auto same =
            std::find_if(wanted.begin(), wanted.end(), [&](const Wanted &other) { return other.address == address; });
        if (same == wanted.end())
            wanted.append({address, isLocalhost});
        else // asked for by number as well: then it must bind
            same->isLocalhost = same->isLocalhost && isLocalhost;
    };
    for (const QString &text : addresses) {
        if (text == "localhost"_L1) {
            add(QHostAddress(u"127.0.0.1"_s), true);
            add(QHostAddress(u"::1"_s), true);
        } else {
            add(QHostAddress(text), false);
        }
    }
    return wanted;
}

bool LocalListener::listen(const QStringList &addresses, quint16 port)
{
    const QList<Wanted> wanted = expand(addresses);
    for (int attempt = 0; attempt < RandomPortTries; ++attempt) {
        close();
        if (tryPort(wanted, port))
            return true;
        const bool busy = std::any_of(m_status.begin(), m_status.end(),
                                      [](const ListenerStatus &one) { return one.systemError == EADDRINUSE; });
        if (port != 0 || !busy)
            break;
    }
    m_sockets.clear();
    return false;
}

bool LocalListener::tryPort(const QList<Wanted> &wanted, quint16 port)
{
    m_status.clear();
    m_port = port;
    bool anyLocalhost = false;
    bool wantsLocalhost = false;
    bool explicitFailed = false;
    for (const Wanted &one : wanted) {
        const ListenerStatus status = bindOne(one.address, m_port);
        const bool listens = status.error.isEmpty();
        if (listens)
            m_port = status.port;
        m_status.append(status);
        wantsLocalhost = wantsLocalhost || one.isLocalhost;
        anyLocalhost = anyLocalhost || (one.isLocalhost && listens);
        explicitFailed = explicitFailed || (!one.isLocalhost && !listens);
        // A random port that is taken on ::1 is tried again with another number, see listen().
        if (port == 0 && status.systemError == EADDRINUSE)
            return false;
    }
    return !explicitFailed && (anyLocalhost || !wantsLocalhost) && !m_sockets.empty();
}

ListenerStatus LocalListener::bindOne(const QHostAddress &address, quint16 port)
{
    ListenerStatus status{address.toString(), port, {}, 0};
    Opened opened = openListening(address, port);
    if (opened.error != 0) {
        status.error = explainBindError(opened.error, status.address, port);
        status.systemError = opened.error;
        return status;
    }
    status.port = boundPort(opened.descriptor.get());
    const int fd = opened.descriptor.get();
    auto notifier = std::make_unique<QSocketNotifier>(fd, QSocketNotifier::Read);
    connect(notifier.get(), &QSocketNotifier::activated, this, [this, fd] { acceptAll(fd); });
    m_sockets.push_back({std::move(opened.descriptor), std::move(notifier)});
    return status;
}

void LocalListener::close()
{
    m_resume->stop();
    for (ListenSocket &socket : m_sockets) {
        socket.notifier->setEnabled(false);
        socket.notifier.release()->deleteLater(); // we may be inside its signal
    }
    m_sockets.clear();
}

QString LocalListener::kubectlText() const
{
    QStringList errors;
    for (const ListenerStatus &one : m_status) {
        if (one.systemError == 0)
            continue;
        const QString family = one.address.contains(u':') ? u"tcp6"_s : u"tcp4"_s;
        errors << u"unable to create listener: Error listen %1 %2: bind: %3"_s.arg(
            family, withPort(one.address, one.port), Net::systemErrorText(one.systemError));
    }
    return u"Listeners failed to create with the following errors: [%1]"_s.arg(errors.join(u' '));
}

void LocalListener::acceptAll(int descriptor)
{
    for (int i = 0; i < AcceptsInARow; ++i) {
        if (descriptorsAreShort(descriptor))
            return pauseAccepting(EMFILE);
        sockaddr_storage storage{};
        socklen_t size = sizeof storage;
        auto *peer = reinterpret_cast<sockaddr *>(&storage);
        Net::Descriptor fd(::accept4(descriptor, peer, &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (!fd.isValid()) {
            if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
                pauseAccepting(errno);
            else if (errno == ECONNABORTED || errno == EINTR)
                continue;
            return;
        }
        Net::setNoDelay(fd.get());
        AcceptedSocket socket{std::move(fd), QHostAddress(peer).toString(), portOf(storage)};
        emit accepted(socket);
        if (m_sockets.empty()) // stopped by the receiver
            return;
    }
}

void LocalListener::pauseAccepting(int error)
{
    for (const ListenSocket &socket : m_sockets)
        socket.notifier->setEnabled(false);
    m_resume->start();
    emit acceptPaused(Net::systemErrorText(error));
}

QString explainBindError(int error, const QString &address, quint16 port)
{
    switch (error) {
    case EADDRINUSE:
        if (const auto owner = findPortOwner(port))
            return Text::tr("Local port %1 is used by %2 (pid %3).").arg(port).arg(owner->program).arg(owner->pid);
        return Text::tr("Local port %1 is used by another program.").arg(port);
    case EACCES:
        return Text::tr("Only administrators may open local port %1; choose a port from 1024 up, for example %2.")
            .arg(port)
            .arg(port + 8000);
    case EADDRNOTAVAIL:
        return Text::tr("This computer has no address %1.").arg(address);
    case EAFNOSUPPORT:
        return Text::tr("This computer does not speak the protocol of %1.").arg(address);
    default:
        return Text::tr("Cannot listen on %1: %2.").arg(withPort(address, port), Net::systemErrorText(error));
    }
}

} // namespace Fairlead::Forward

#include "core/forward/portset.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Forward {

PortSet::PortSet(QObject *parent)
    : QObject(parent)
{
}

PortSet::~PortSet() = default;

void PortSet::setMappings(const QList<Kube::PortMapping> &mappings)
{
    if (mappings.size() != qsizetype(m_ports.size()))
        forget();
    for (qsizetype i = 0; i < mappings.size(); ++i) {
        if (i < qsizetype(m_ports.size()))
            m_ports[size_t(i)].mapping = mappings.at(i);
        else
            add(mappings.at(i));
    }
}

void PortSet::forget()
{
    for (Port &port : m_ports) {
        port.listener->close();
        port.listener->deleteLater();
    }
    m_ports.clear();
}

void PortSet::add(const Kube::PortMapping &mapping)
{
    const int index = int(m_ports.size());
    auto *listener = new LocalListener(this);
    connect(listener, &LocalListener::accepted, this,
            [this, index](AcceptedSocket &socket) { emit accepted(index, socket); });
    connect(listener, &LocalListener::acceptPaused, this,
            [this](const QString &why) { emit complained(tr("New connections have to wait a moment: %1.").arg(why)); });
    m_ports.push_back({mapping, listener, {}, 0, 0});
}

bool PortSet::open(const QStringList &addresses)
{
    for (const Port &port : m_ports) {
        if (port.listener->isListening())
            continue;
        const bool listens = port.listener->listen(addresses, port.mapping.local);
        if (listens)
            emit listening(snapshotOf(port));
        const QList<ListenerStatus> all = port.listener->status();
        for (const ListenerStatus &one : all) {
            if (!one.error.isEmpty())
                emit complained(one.error);
        }
    }
    return isOpen();
}

void PortSet::close()
{
    for (const Port &port : m_ports)
        port.listener->close();
}

bool PortSet::isOpen() const
{
    return std::any_of(m_ports.begin(), m_ports.end(), [](const Port &port) { return port.listener->isListening(); });
}

QString PortSet::firstError() const
{
    for (const Port &port : m_ports) {
        if (port.listener->isListening())
            continue;
        const QList<ListenerStatus> all = port.listener->status();
        for (const ListenerStatus &one : all) {
            if (!one.error.isEmpty())
                return one.error;
        }
    }
    return {};
}

QString PortSet::kubectlText() const
{
    QStringList pairs;
    for (const Port &port : m_ports)
        pairs << u"{%1 %2}"_s.arg(port.mapping.local).arg(port.mapping.remote);
    return u"unable to listen on any of the requested ports: [%1]"_s.arg(pairs.join(u' '));
}

void PortSet::countOpened(int index)
{
    ++m_ports.at(size_t(index)).open;
    ++m_ports.at(size_t(index)).total;
}

void PortSet::countClosed(int index)
{
    if (size_t(index) < m_ports.size())
        --m_ports.at(size_t(index)).open;
}

void PortSet::addTraffic(int index, quint64 down, quint64 up)
{
    if (size_t(index) < m_ports.size())
        m_ports.at(size_t(index)).meter.add(down, up);
}

bool PortSet::sample(qint64 now)
{
    bool changed = false;
    for (Port &port : m_ports)
        changed = port.meter.sample(now) || changed;
    return changed;
}

QList<PortSnapshot> PortSet::snapshots() const
{
    QList<PortSnapshot> result;
    for (const Port &port : m_ports)
        result.append(snapshotOf(port));
    return result;
}

quint16 PortSet::remotePort(int index) const
{
    return m_ports.at(size_t(index)).mapping.remote;
}

PortSnapshot PortSet::snapshotOf(const Port &port)
{
    PortSnapshot result;
    result.localPort = port.listener->isListening() ? port.listener->port() : port.mapping.local;
    result.remotePort = port.mapping.remote;
    result.name = port.mapping.name;
    result.listeners = port.listener->status();
    result.traffic = port.meter.traffic();
    result.openConnections = port.open;
    result.totalConnections = port.total;
    return result;
}

} // namespace Fairlead::Forward

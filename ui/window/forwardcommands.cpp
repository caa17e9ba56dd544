#include "ui/window/forwardcommands.h"

#include "ui/forwards/describe.h"
#include "ui/forwards/forwardsmodel.h"
#include "ui/forwards/freeport.h"
#include "ui/window/forwardservice.h"
#include "ui/window/startguard.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Forward::ForwardId;
using Forward::ForwardSnapshot;

ForwardCommands::ForwardCommands(ForwardService &service, const ForwardsModel &model, QObject *parent)
    : QObject(parent)
    , m_service(service)
    , m_model(model)
{
}

void ForwardCommands::start(const Ids &ids)
{
    pass(contextsOf(ids), [this, ids] {
        for (const ForwardId id : ids) {
            const ForwardSnapshot *forward = m_model.find(id);
            if (forward && !isActive(forward->state))
                m_service.start(id);
        }
    });
}

/// Of those that are there still.
QList<Kube::ContextRef> ForwardCommands::contextsOf(const Ids &ids) const
{
    QList<Kube::ContextRef> contexts;
    for (const ForwardId id : ids) {
        if (const ForwardSnapshot *forward = m_model.find(id))
            contexts << forward->spec.contextRef();
    }
    return contexts;
}

void ForwardCommands::pass(const QList<Kube::ContextRef> &contexts, const std::function<void()> &then)
{
    if (m_guard)
        m_guard->pass(contexts, then);
    else
        then();
}

void ForwardCommands::addAndStart(const Forward::ForwardSpec &spec)
{
    const ForwardId id = m_service.add(spec); // whatever the answer is, the choosing was not for nothing
    emit restored(id);
    pass({spec.contextRef()}, [this, id] { m_service.start(id); });
}

void ForwardCommands::stop(const Ids &ids)
{
    for (const ForwardId id : ids) {
        const ForwardSnapshot *forward = m_model.find(id);
        if (forward && isActive(forward->state))
            m_service.stop(id);
    }
}

void ForwardCommands::retry(const Ids &ids)
{
    pass(contextsOf(ids), [this, ids] {
        for (const ForwardId id : ids) {
            const ForwardSnapshot *forward = m_model.find(id);
            if (forward && needsAttention(forward->state))
                m_service.retry(id);
        }
    });
}

void ForwardCommands::retrySignIns(const Kube::ContextRef &context)
{
    Ids ids;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const ForwardSnapshot &forward = m_model.at(row);
        if (forward.state == Forward::State::SignInNeeded && forward.spec.contextRef() == context)
            ids << forward.id;
    }
    retry(ids);
}

void ForwardCommands::toggle(const Ids &ids)
{
    const bool any = std::any_of(ids.cbegin(), ids.cend(), [this](ForwardId id) {
        const ForwardSnapshot *forward = m_model.find(id);
        return forward && isActive(forward->state);
    });
    if (any)
        stop(ids);
    else
        start(ids);
}

void ForwardCommands::remove(const Ids &ids)
{
    QList<Removed> removed;
    for (const ForwardId id : ids) {
        if (const ForwardSnapshot *forward = m_model.find(id))
            removed.append({forward->spec, isActive(forward->state)});
    }
    if (removed.isEmpty())
        return;
    m_removed = removed;
    for (const ForwardId id : ids)
        m_service.remove(id);
    //: %1 is the name of a forward.
    emit removedChanged(removed.size() == 1 ? tr("Removed “%1”.").arg(forwardName(removed.first().spec))
                                            : tr("Removed %n forward(s).", nullptr, int(removed.size())));
}

void ForwardCommands::undoRemove()
{
    const QList<Removed> removed = std::exchange(m_removed, {});
    QList<Kube::ContextRef> contexts;
    Ids active;
    for (const Removed &forward : removed) {
        const ForwardId id = m_service.add(forward.spec);
        if (forward.active) {
            contexts << forward.spec.contextRef();
            active << id;
        }
        emit restored(id);
    }
    emit removedChanged({});
    pass(contexts, [this, active] {
        for (const ForwardId id : active)
            m_service.start(id);
    });
}

void ForwardCommands::forgetRemoved()
{
    m_removed.clear();
    emit removedChanged({});
}

void ForwardCommands::openInBrowser(const Ids &ids, int port)
{
    for (const ForwardId id : ids) {
        const ForwardSnapshot *forward = m_model.find(id);
        if (!forward)
            continue;
        const QUrl url = port < 0 ? browserUrl(*forward) : browserUrl(localEnds(*forward).value(port));
        if (!url.isValid() && port < 0 && !forward->spec.about.url.isEmpty()) {
            //: %1 is what somebody wrote down as the address to open.
            emit notice(tr("“%1” is no address for a browser.").arg(forward->spec.about.url));
        } else if (url.isValid() && !QDesktopServices::openUrl(url)) {
            //: %1 is an address.
            emit notice(tr("No browser could be started for %1.").arg(url.toString()));
        }
    }
}

void ForwardCommands::change(ForwardId id, const Forward::ForwardSpec &spec)
{
    const ForwardSnapshot *forward = m_model.find(id);
    if (forward && forward->spec != spec)
        m_service.update(id, spec);
}

void ForwardCommands::useFreePorts(ForwardId id)
{
    const ForwardSnapshot *forward = m_model.find(id);
    if (!forward)
        return;
    const QString name = forwardName(forward->spec);
    const Forward::ForwardSpec spec = withFreePorts(
        *forward, [this](const QString &address, quint16 port) { return m_service.portHolder(address, port); });
    QStringList ports;
    for (const Kube::PortArgument &port : spec.ports)
        ports << (port.local == quint16(0) ? tr("any free port")
                                           : QString::number(port.local.value_or(port.remote.toUShort())));
    m_service.update(id, spec);
    start({id});
    //: %1 is the name of a forward, %2 its local ports.
    emit notice(tr("“%1” uses local port %2 from now on.").arg(name, ports.join(u", "_s)));
}

void ForwardCommands::copyAddress(const Ids &ids, int port)
{
    QStringList lines;
    for (const ForwardId id : ids) {
        const ForwardSnapshot *forward = m_model.find(id);
        const QList<LocalEnd> ends = forward ? localEnds(*forward) : QList<LocalEnd>();
        for (int i = 0; i < ends.size(); ++i) {
            if (port < 0 || port == i)
                lines << addressText(ends.at(i));
        }
    }
    lines.removeAll(QString());
    //: %1 is an address such as 127.0.0.1:8080.
    copy(lines,
         lines.size() == 1 ? tr("Copied %1.").arg(lines.first())
                           : tr("Copied %n address(es).", nullptr, int(lines.size())));
}

void ForwardCommands::copyCommand(const Ids &ids, const QString &program)
{
    QStringList lines;
    for (const ForwardId id : ids) {
        if (const ForwardSnapshot *forward = m_model.find(id))
            lines << Forward::commandLine(forward->spec, program);
    }
    //: %1 is the name of a program, kubectl or oc.
    copy(lines, tr("Copied %n %1 command(s).", nullptr, int(lines.size())).arg(program));
}

void ForwardCommands::copyDetails(const Ids &ids)
{
    QStringList texts;
    for (const ForwardId id : ids) {
        if (const ForwardSnapshot *forward = m_model.find(id))
            texts << factsText(*forward);
    }
    copy(texts, tr("Copied the details of %n forward(s).", nullptr, int(texts.size())));
}

void ForwardCommands::copy(const QStringList &lines, const QString &notice)
{
    if (lines.isEmpty())
        return;
    QGuiApplication::clipboard()->setText(lines.join('\n'_L1));
    emit this->notice(notice);
}

} // namespace Fairlead::Ui

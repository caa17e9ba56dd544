#pragma once

#include "core/forward/podchoice.h"
#include "core/forward/routetable.h"
#include "core/support/clock.h"

#include <QHash>
#include <QObject>

#include <memory>
#include <optional>

namespace Fairlead::Forward {

/// Which pods can serve a forward now: what the API server says (PodWatch), less those that were tried in vain.
/// Lives in its forward's thread.
class PodSource final : public QObject
{
    Q_OBJECT

public:
    /// `gate` is shared with all forwards.
    PodSource(const std::shared_ptr<Net::ServerGate> &gate, const Clock &clock, QObject *parent);

    /// Looks from the beginning; changed() or failed() follows.
    void start(const Kube::ConnectionConfig &config, const QString &namespaceName, const Kube::TargetRef &target);
    /// Knows nothing afterwards, and says nothing.
    void stop();
    /// Looks no more, but keeps what is known.
    void rest();
    /// Asks the server now, if anything is known.
    void refresh();

    /// What the server said last; nothing before its first word.
    [[nodiscard]] const std::optional<Kube::TargetPods> &known() const { return m_known; }
    /// Changes will be seen without asking again.
    [[nodiscard]] bool isWatched() const { return m_known && m_known->live && !m_failed; }
    /// The watch gave up this long ago, or longer.
    [[nodiscard]] bool hasFailedFor(qint64 ms) const;

    /// A pod that was tried in vain is left out for this long, whatever the list says.
    void avoid(const QString &uid, qint64 ms);
    void avoidNone() { m_avoidUntil.clear(); }
    /// True if a pod need not be avoided any longer.
    [[nodiscard]] bool readmit();

    /// Nothing ready serves: then one that only runs may.
    void setAcceptsUnready(bool accepts) { m_acceptsUnready = accepts; }
    [[nodiscard]] bool acceptsUnready() const { return m_acceptsUnready; }

    struct Choice {
        QList<ServingPod> pods; ///< with the forward's ports; empty: the forward has to wait
        bool unreadyWouldDo = false;
        QString portProblem; ///< pods were there, without the ports that are asked for
    };
    /// known() has to be there. `current`: uids that serve now.
    [[nodiscard]] Choice choose(const ForwardSpec &spec, const QStringList &current) const;
    /// Another pod than this one could serve.
    [[nodiscard]] bool hasOther(const ForwardSpec &spec, const QString &uid) const;

signals:
    /// `ended`: uids of pods in which nothing runs any more.
    void changed(const QSet<QString> &ended);
    void failed(const Fairlead::Kube::ApiError &error);

private:
    [[nodiscard]] PodChoice chosen(const ForwardSpec &spec, const QStringList &current,
                                   const QSet<QString> &excluded) const;
    [[nodiscard]] QSet<QString> avoided() const;

    const Clock &m_clock;
    Kube::PodWatch *m_watch;
    Kube::TargetRef::Kind m_kind = Kube::TargetRef::Kind::Pod;
    std::optional<Kube::TargetPods> m_known;
    QHash<QString, qint64> m_avoidUntil; ///< by uid
    qint64 m_startedAt = 0;
    bool m_failed = false;
    bool m_acceptsUnready = false;
};

} // namespace Fairlead::Forward

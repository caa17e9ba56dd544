#pragma once

#include "core/control/engineplace.h"
#include "core/control/forwarddesk.h"
#include "core/store/profiles/movedsession.h"

#include <QJsonObject>

#include <optional>

/// What one engine hands to the next, so that its forwards go on there. docs/engine.md has the keys.
namespace Fairlead::Control {

/// All forwards of an engine now: `session`, the text of a profile, and `forwards`, each as in `status`, in the same
/// order.
[[nodiscard]] QJsonObject sessionJson(ForwardDesk &desk);

/// Reads it. An error is a sentence. No I/O.
[[nodiscard]] Result<Store::MovedSession, QString> readSession(const QJsonObject &session);

/// Where it is kept from before the one engine ends until the other has it running, so that nothing is lost if either
/// is killed in between. Beside the socket: who finds the engine finds it, and it goes when the machine does.
class TakeOverFile final
{
public:
    explicit TakeOverFile(const EnginePlace &place)
        : m_path(place.folder + QStringLiteral("/takeover.json"))
    {
    }

    /// A sentence if it cannot be written; what was there is whole then.
    [[nodiscard]] std::optional<QString> save(const QJsonObject &session) const;
    /// nullopt if there is none. One that cannot be read is taken away, and `problem` says so.
    [[nodiscard]] std::optional<Store::MovedSession> load(QString *problem) const;
    void remove() const;

private:
    QString m_path;
};

} // namespace Fairlead::Control

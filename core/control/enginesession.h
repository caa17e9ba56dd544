#pragma once

#include "core/control/forwarddesk.h"
#include "core/store/profiles/movedsession.h"
#include "core/store/profiles/sessionfile.h"

#include <QObject>

class QTimer;

namespace Fairlead::Control {

/// The forwards of an engine without a window from run to run. They are written half a second after each change, so
/// whatever ends the engine, the next one knows them.
class EngineSession final : public QObject
{
    Q_OBJECT

public:
    /// `path`: see SessionFile.
    explicit EngineSession(ForwardDesk &desk, const QString &path = {}, QObject *parent = nullptr);
    ~EngineSession() override;

    struct Restored {
        QList<Forward::ForwardId> started;
        QStringList problems; ///< what could not be, and why; sentences
    };
    /// Adds what was there last time, and the profiles whose `restore` is as-they-were. Of those it starts what ran
    /// last time; what was not there then, if it ran when the profile was saved. All others stay stopped: a cluster is
    /// asked for nothing that the user has not said. From now on changes are kept.
    /// What another engine has handed over (`moved`) comes first, and runs if it ran there.
    [[nodiscard]] Restored restore(const Store::MovedSession *moved = nullptr);
    /// Writes now. A sentence if that fails.
    std::optional<QString> flush();

signals:
    /// The forwards could not be written; a sentence. Once until it works again.
    void failed(const QString &text);

private:
    void bringMoved(const Store::MovedSession &moved, Restored &result);
    void note();

    ForwardDesk &m_desk;
    Store::SessionFile m_file;
    QHash<Forward::ForwardId, bool> m_ran; ///< before this run, of those that were there
    QTimer *m_timer;
    bool m_failing = false;
};

} // namespace Fairlead::Control

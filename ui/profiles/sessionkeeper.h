#pragma once

#include "core/store/profiles/sessionfile.h"
#include "ui/profiles/profilestarter.h"

#include <QObject>

class QTimer;

namespace Fairlead::Ui {

/// Keeps the window's forwards for its next start, whatever ends this run: they are written shortly after each change,
/// as a profile in a file of its own. Brings them back, stopped.
class SessionKeeper final : public QObject
{
    Q_OBJECT

public:
    /// An empty path means the user's own file.
    SessionKeeper(ForwardService &service, ProfileStarter &starter, const QString &path = {},
                  QObject *parent = nullptr);
    ~SessionKeeper() override;

    /// Adds what was there last time, if `bring`; those that ran and have a context here. From now on changes are kept.
    /// A file that cannot be read is put aside, not overwritten, and `problem` says so.
    [[nodiscard]] QList<Forward::ForwardId> restore(bool bring, QString *problem);
    /// Writes now, if anything changed. A sentence if that fails.
    std::optional<QString> flush();

signals:
    /// The forwards could not be written; a sentence. Once until it works again.
    void failed(const QString &text);

private:
    void note();

    ForwardService &m_service;
    ProfileStarter &m_starter;
    Store::SessionFile m_file;
    QTimer *m_timer;
    bool m_failing = false;
};

} // namespace Fairlead::Ui

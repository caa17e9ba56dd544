#pragma once

#include "core/kube/config/contextref.h"

#include <QObject>
#include <QSet>
#include <QString>

namespace Fairlead::Kube {
class ContextStore;
}

namespace Fairlead::Ui {

class ForwardCommands;
class ForwardsModel;
class MessageArea;

/// Says once, above the table, what is wrong with a kubeconfig file or with a whole context, and offers the remedy:
/// five forwards that wait for one sign-in are one problem.
class ProblemWatch final : public QObject
{
    Q_OBJECT

public:
    ProblemWatch(const Kube::ContextStore &contexts, const ForwardsModel &forwards, ForwardCommands &commands,
                 MessageArea &area, QObject *parent = nullptr);

    /// Looks again; cheap enough for every change.
    void refreshContexts();
    void refreshForwards();

signals:
    /// The user wants to see where contexts come from.
    void contextsRequested();
    void signInRequested(const Fairlead::Kube::ContextRef &context);

private:
    void showFileProblems(QSet<QString> &keys);
    void showContextProblems(QSet<QString> &keys);
    void withdrawOthers(const QString &prefix, const QSet<QString> &keys);

    const Kube::ContextStore &m_contexts;
    const ForwardsModel &m_forwards;
    ForwardCommands &m_commands;
    MessageArea &m_area;
};

} // namespace Fairlead::Ui

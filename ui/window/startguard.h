#pragma once

#include "core/kube/config/contextref.h"

#include <QObject>
#include <QSet>

#include <functional>

class QWidget;

namespace Fairlead::Ui {

class ContextMarks;

/// Stands between the user and the first start in a context that is marked as protected: a click in the wrong row
/// should not lead a program that deletes test data into production. Asks once in a run of the program for each of
/// them.
class StartGuard final : public QObject
{
    Q_OBJECT

public:
    /// `window` is what the question belongs to.
    StartGuard(const ContextMarks &marks, QWidget &window);

    /// Calls `then` at once, if nothing has to be asked; or when the user said yes; or never.
    void pass(const QList<Kube::ContextRef> &contexts, const std::function<void()> &then);

private:
    [[nodiscard]] QList<Kube::ContextRef> toAsk(const QList<Kube::ContextRef> &contexts) const;
    /// With the server: if the kubeconfig leads elsewhere meanwhile, it is another place.
    [[nodiscard]] QString keyOf(const Kube::ContextRef &context) const;

    const ContextMarks &m_marks;
    QWidget &m_window;
    QSet<QString> m_allowed;
};

} // namespace Fairlead::Ui

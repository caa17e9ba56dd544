#pragma once

#include "core/kube/config/contextref.h"
#include "core/store/settings.h"

#include <QHash>
#include <QObject>

namespace Fairlead::Kube {
class ContextStore;
}

namespace Fairlead::Ui {

/// The user's marks by context, for who paints and who asks: settings keep them by name and server, and the server is
/// what the kubeconfig says now. Cheap enough for every painted row. Lives in the window's thread.
class ContextMarks final : public QObject
{
    Q_OBJECT

public:
    using Color = Store::Settings::ContextColor;
    using Mark = Store::Settings::ContextMark;

    ContextMarks(const Kube::ContextStore &contexts, Store::Settings &settings, QObject *parent = nullptr);

    [[nodiscard]] Mark of(const Kube::ContextRef &context) const;
    void setColor(const Kube::ContextRef &context, Color color);
    void setProtected(const Kube::ContextRef &context, bool on);
    /// As the kubeconfig writes it.
    [[nodiscard]] QString serverOf(const Kube::ContextRef &context) const;

signals:
    void changed();

private:
    void put(const Kube::ContextRef &context, const Mark &mark);
    void forget();

    const Kube::ContextStore &m_contexts;
    Store::Settings &m_settings;
    mutable QHash<Kube::ContextRef, Mark> m_known;
};

} // namespace Fairlead::Ui

#pragma once

#include "core/forward/forwardspec.h"
#include "core/kube/objects/objects.h"

#include <QWidget>

class QComboBox;

namespace Fairlead::Ui {

/// What the forward of a chosen pod leads to: that pod alone, or what it belongs to, so that the forward outlives it.
class FollowBox final : public QWidget
{
    Q_OBJECT

public:
    explicit FollowBox(QWidget *parent = nullptr);

    /// Offers what can be followed instead of `pod`; `owner` is what it belongs to, nullopt if nothing is known.
    void setPod(const QString &pod, const std::optional<Kube::TargetRef> &owner);
    /// What it belongs to after all; the choice stays as it is.
    void setOwner(const Kube::TargetRef &owner);
    /// A service leads to its pods; only which of them can be chosen.
    void setService(const QString &service);
    void clear();
    /// Fills target, policy and preferredPod.
    void apply(Forward::ForwardSpec &spec) const;
    [[nodiscard]] QWidget *field() const;

signals:
    void changed();

private:
    void fill();

    QComboBox *m_choice;
    QString m_pod; ///< empty: a service is chosen, or nothing
    std::optional<Kube::TargetRef> m_owner;
};

} // namespace Fairlead::Ui

#pragma once

#include "core/forward/forwardmanager.h"
#include "core/kube/config/contextstore.h"
#include "core/store/profiles/profileplan.h"
#include "core/store/settings.h"

namespace Fairlead::App {

/// What an engine is made of, with a window or without: the user's settings, the contexts, and the forwards on them.
/// Settings that change reach the engine at once.
class EngineParts final : public QObject
{
    Q_OBJECT

public:
    explicit EngineParts(const Kube::ConnectionFlags &flags, QObject *parent = nullptr);
    ~EngineParts() override;

    /// The contexts and forwards that there are now, for who brings profiles in.
    [[nodiscard]] Store::Surroundings surroundings() const;
    /// The flags it was given that change what contexts mean, as `--as`; another engine cannot do the same.
    [[nodiscard]] QStringList overrides() const { return m_overrides; }

    Store::Settings settings;
    Kube::ContextStore contexts;
    Forward::ForwardManager forwards;

private:
    QStringList m_overrides;
};

} // namespace Fairlead::App

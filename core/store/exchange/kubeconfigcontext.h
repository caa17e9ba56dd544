#pragma once

#include <QString>

namespace Fairlead::Store {

/// What a forward needs to find its cluster again.
struct NamedContext {
    QString name; ///< empty: none
    QString server; ///< as written; empty: not known
};

/// Of a kubeconfig that stands inside another file: the context of that name, or its current one, and where that leads.
/// Nothing else of it is looked at, its users least of all. What cannot be read has no server.
[[nodiscard]] NamedContext contextOfKubeconfig(const QString &kubeconfig, const QString &name);

} // namespace Fairlead::Store

#pragma once

#include "core/democluster/state/pod.h"

#include <QString>

namespace Fairlead::Demo {

/// The words of `kubectl get pods`, which a real server computes for a Table (its printer's algorithm).
struct PodWords {
    QString ready; ///< "1/2"
    QString status; ///< Running, CrashLoopBackOff, Completed, ...
    QString restarts; ///< "0", "3 (5m ago)"
};

[[nodiscard]] PodWords podWords(const Pod &pod, const QDateTime &now);

/// A span as kubectl writes ages: 90s, 5m30s, 12m, 7h4m, 30h, 5d3h, 400d, 3y12d. `<invalid>` for more than a second in
/// the future.
[[nodiscard]] QString ageText(const QDateTime &since, const QDateTime &now);

} // namespace Fairlead::Demo

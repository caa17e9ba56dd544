#pragma once

#include "core/kube/objects/objects.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>

namespace Fairlead::Kube {

/// What `kubectl get pods` prints of a pod, computed from the whole object.
struct PodSummary {
    QString status;
    int ready = 0;
    int containers = 0;
    int restarts = 0;
    QDateTime lastRestart;
};

/// The rules of the API server's printer (printPod in pkg/printers/internalversion), for servers and requests that
/// give objects instead of printed rows.
[[nodiscard]] PodSummary summarizePod(const QJsonObject &pod);

/// A Pod object, as GET or an event gives it. Missing members are empty; nothing fails.
[[nodiscard]] PodInfo podInfoFrom(const QJsonObject &pod);
[[nodiscard]] PodRow podRowFrom(const QJsonObject &pod, const QDateTime &now);

/// RFC 3339 as the API server writes it; invalid when absent.
[[nodiscard]] QDateTime timeFrom(const QJsonValue &value);

} // namespace Fairlead::Kube

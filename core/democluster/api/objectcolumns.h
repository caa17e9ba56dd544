#pragma once

#include "core/democluster/state/apiobject.h"

#include <QJsonValue>
#include <QList>

#include <functional>

namespace Fairlead::Demo {

/// A column of `kubectl get` for services and owners, as the API server's printers fill it.
struct ObjectColumn {
    QString name;
    std::function<QJsonValue(const ApiObject &object, const QDateTime &now)> cell;
    bool isNumber = false;
    bool wide = false; ///< shown by `-o wide` only
};

[[nodiscard]] const QList<ObjectColumn> &objectColumns(const ResourceType &type);

} // namespace Fairlead::Demo

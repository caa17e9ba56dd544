#pragma once

#include "core/kube/portspec.h"

#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

namespace Fairlead::Forward {

using ForwardId = quint64; ///< given by the manager, never 0, never reused in a run

/// What the user asked for. Holds names only: the connection is looked up again at every start.
struct ForwardSpec {
    QString name; ///< shown; empty: the pod's name
    QString context;
    QString namespaceName;
    QString pod;
    QList<Kube::PortArgument> ports;
    QStringList addresses = {QStringLiteral("localhost")}; ///< "localhost" or IP literals

    bool operator==(const ForwardSpec &) const = default;
};

/// The command line that does the same with `program` ("kubectl" or "oc"), quoted for a POSIX shell.
[[nodiscard]] QString commandLine(const ForwardSpec &spec, const QString &program);

} // namespace Fairlead::Forward

Q_DECLARE_METATYPE(Fairlead::Forward::ForwardSpec)

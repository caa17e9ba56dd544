#pragma once

#include <QString>

/// Words of files that others wrote, before they are kept, shown or put into a command line.
namespace Fairlead::Store {

/// The text on one line, without control characters and marks that turn the direction of writing, cut to `limit`.
[[nodiscard]] QString shownText(const QString &text, qsizetype limit = 120);

/// What Kubernetes lets an object be called (RFC 1123 subdomain).
[[nodiscard]] bool isObjectName(const QString &text);
/// What it lets a namespace be called (RFC 1123 label).
[[nodiscard]] bool isNamespaceName(const QString &text);
/// Of a container or of a service (RFC 1123 label, with a letter).
[[nodiscard]] bool isPortName(const QString &text);
/// Has only what label selectors are made of. Whether it is one, the server says.
[[nodiscard]] bool isSelectorText(const QString &text);
/// An IP address as it may stand in ForwardSpec::addresses.
[[nodiscard]] bool isIpAddress(const QString &text);
/// Other machines can use what listens there.
[[nodiscard]] bool isOpenToOthers(const QString &address);

} // namespace Fairlead::Store

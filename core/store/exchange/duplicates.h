#pragma once

#include "core/store/exchange/imported.h"

namespace Fairlead::Store {

/// Skips what is in the rows or in `existing` before: forwards are alike by context, namespace, target, remote port,
/// local address and local port. Of a forward with several ports only those that are there already are left out.
/// `existing` are whatever the forwards are to stand beside, contexts named as in the rows. Rows that are skipped stay
/// as they are; to compare with something else, begin with the rows as they were imported.
[[nodiscard]] Imported withoutDuplicates(Imported imported, const QList<Forward::ForwardSpec> &existing);

} // namespace Fairlead::Store

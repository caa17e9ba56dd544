#include "core/store/exchange/imported.h"

#include <algorithm>

namespace Fairlead::Store {

QList<SavedForward> Imported::forwards() const
{
    QList<SavedForward> result;
    for (const ImportedRow &row : rows) {
        if (row.fate != ImportedRow::Fate::Skipped && row.forward)
            result.append(*row.forward);
    }
    return result;
}

int Imported::count(ImportedRow::Fate fate) const
{
    return int(std::count_if(rows.begin(), rows.end(), [fate](const ImportedRow &row) { return row.fate == fate; }));
}

} // namespace Fairlead::Store

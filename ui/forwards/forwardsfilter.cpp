#include "ui/forwards/forwardsfilter.h"

#include "ui/forwards/describe.h"
#include "ui/forwards/forwardsmodel.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Ui {

using Forward::State;

bool belongsTo(const Category &category, const Forward::ForwardSnapshot &forward)
{
    switch (category.kind) {
    case Category::Kind::All:
        return true;
    case Category::Kind::Running:
        // Starting counts here: every forward stands in exactly one of Running, Needs attention and Stopped.
        return forward.state == State::Running || forward.state == State::Starting;
    case Category::Kind::NeedsAttention:
        return needsAttention(forward.state);
    case Category::Kind::Stopped:
        return forward.state == State::Stopped;
    case Category::Kind::Profile:
        return category.members.contains(forward.id);
    case Category::Kind::Context:
        return forward.spec.contextRef() == category.context;
    }
    return true;
}

ForwardsFilter::ForwardsFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
    // The C locale knows code points only, no numbers in names.
    , m_collator(QLocale().language() == QLocale::C ? QLocale(QLocale::English) : QLocale())
{
    m_collator.setNumericMode(true); // "api-2" before "api-10"
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    setSortRole(ForwardsModel::SortRole);
    setDynamicSortFilter(true);
}

void ForwardsFilter::setText(const QString &text)
{
    const QStringList words = text.split(' '_L1, Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    m_words = words;
    invalidateFilter();
}

void ForwardsFilter::setCategory(const Category &category)
{
    if (category == m_category)
        return;
    m_category = category;
    invalidateFilter();
}

bool ForwardsFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const auto *model = qobject_cast<ForwardsModel *>(sourceModel());
    if (!belongsTo(m_category, model->at(row)))
        return false;
    if (m_words.isEmpty())
        return true;
    const QString text = model->index(row, 0, parent).data(ForwardsModel::SearchRole).toString();
    return std::all_of(m_words.cbegin(), m_words.cend(),
                       [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

bool ForwardsFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const QVariant a = left.data(ForwardsModel::SortRole);
    const QVariant b = right.data(ForwardsModel::SortRole);
    if (a.typeId() == QMetaType::QString && b.typeId() == QMetaType::QString)
        return m_collator.compare(a.toString(), b.toString()) < 0;
    if (!a.isValid() || !b.isValid())
        return !a.isValid() && b.isValid();
    return QVariant::compare(a, b) == QPartialOrdering::Less;
}

} // namespace Fairlead::Ui

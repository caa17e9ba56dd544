#include "ui/picker/nameorder.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace Fairlead::Ui {

NameOrder::NameOrder(Less less)
    : m_less(std::move(less))
{
}

void NameOrder::insert(int first, int last)
{
    const int count = last - first + 1;
    for (int &row : m_rows) {
        if (row >= first)
            row += count;
    }
    std::vector<int> added(static_cast<size_t>(count));
    std::iota(added.begin(), added.end(), first);
    std::sort(added.begin(), added.end(), m_less);

    std::vector<int> merged;
    merged.reserve(m_rows.size() + added.size());
    auto from = m_rows.cbegin();
    for (const int row : added) { // searching for each costs fewer comparisons than a merge, as few meet many
        const auto to = std::upper_bound(from, m_rows.cend(), row, m_less);
        merged.insert(merged.end(), from, to);
        merged.push_back(row);
        from = to;
    }
    merged.insert(merged.end(), from, m_rows.cend());
    m_rows = std::move(merged);
    renumber();
}

void NameOrder::remove(int first, int last)
{
    const int count = last - first + 1;
    std::erase_if(m_rows, [=](int row) { return row >= first && row <= last; });
    for (int &row : m_rows) {
        if (row > last)
            row -= count;
    }
    renumber();
}

void NameOrder::reset(int count)
{
    m_rows.resize(size_t(count));
    std::iota(m_rows.begin(), m_rows.end(), 0);
    std::sort(m_rows.begin(), m_rows.end(), m_less);
    renumber();
}

void NameOrder::renumber()
{
    m_ranks.resize(m_rows.size());
    for (size_t at = 0; at < m_rows.size(); ++at)
        m_ranks[size_t(m_rows[at])] = int(at);
}

} // namespace Fairlead::Ui

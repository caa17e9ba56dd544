#pragma once

#include <functional>
#include <vector>

namespace Fairlead::Ui {

/// The place of each row of a model among all its rows when they are sorted by name: sorting rows then compares numbers
/// instead of names, which with twenty thousand rows is the difference between a frame and several.
class NameOrder
{
public:
    using Less = std::function<bool(int, int)>;

    /// Whether the name of one row is before that of another; called with rows that are in the model.
    explicit NameOrder(Less less);

    [[nodiscard]] int rank(int row) const { return m_ranks[size_t(row)]; }

    /// Rows `first` to `last` are new in the model; those that had these numbers stand behind them now.
    void insert(int first, int last);
    /// Rows `first` to `last` were taken out of the model.
    void remove(int first, int last);
    /// All is different; the model has `count` rows.
    void reset(int count);

private:
    void renumber();

    Less m_less;
    std::vector<int> m_rows; ///< sorted by name
    std::vector<int> m_ranks; ///< by row, its place in m_rows
};

} // namespace Fairlead::Ui

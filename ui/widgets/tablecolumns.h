#pragma once

#include <QObject>
#include <QString>

class QHeaderView;
class QMenu;
class QTreeView;

namespace Fairlead::Store {
class Settings;
}

namespace Fairlead::Ui {

/// The columns of a table: which are shown (a menu on the header), how wide they are, what is remembered. Columns that
/// are called flexible share the room that a wider window brings and give it back when it narrows.
class TableColumns final : public QObject
{
    Q_OBJECT

public:
    /// `name` is the key in the settings. The view must have its model already.
    TableColumns(QTreeView &view, const QString &name, Store::Settings &settings);

    void setDefaultWidth(int column, int width);
    /// `share` of the spare room; 0: the column keeps its width.
    void setFlexible(int column, int share);
    /// In a narrow window it may shrink to that. A column that is not flexible does so before flexible ones get
    /// narrower than they are by default.
    void setLeastWidth(int column, int width);
    void setShownByDefault(int column, bool shown);
    /// Applies what was remembered, else the defaults. Call once, after the set-up.
    void restore();
    void save() const;

    /// Fills a menu with a checkable entry a column and "Reset columns".
    void fillMenu(QMenu &menu);

signals:
    /// Other columns are visible now.
    void shownColumnsChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Column {
        int width = 100;
        int least = 0; ///< 0: not said
        int share = 0;
        bool shown = true;
    };

    void applyDefaults();
    void fit();
    using Limit = int (*)(const Column &column);
    [[nodiscard]] int spread(int spare, Limit limit);
    [[nodiscard]] int yield(int spare, Limit limit);
    [[nodiscard]] int resize(int column, int wanted, int limit);
    void setShown(int column, bool shown);
    [[nodiscard]] int shownCount() const;

    QTreeView &m_view;
    QHeaderView *m_header;
    QString m_name;
    Store::Settings &m_settings;
    QList<Column> m_columns;
    bool m_fitting = false;
};

} // namespace Fairlead::Ui

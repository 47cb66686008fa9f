-- 以姓氏笔画为序: lists of names on official papers stand by strokes.
create collation directory.strokes (provider = icu, locale = 'zh-u-co-stroke');
comment on collation directory.strokes is 'Order of names by number and kind of strokes';
create index persons_strokes on directory.persons (name collate directory.strokes) where left_on is null;
